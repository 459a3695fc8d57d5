import type { SearchHit } from '../../../electron/contract/system.ts';
import type { Destination } from '../use-route.ts';

/** The screen where something found in the library can be seen. */
export function destinationOfHit(hit: SearchHit): Destination {
  switch (hit.kind) {
    case 'brand':
      return { screen: 'brand', parts: [hit.id] };
    case 'asset':
      return { screen: 'review', parameters: { asset: hit.assetId ?? hit.id } };
    case 'concept':
      return { screen: 'ideate', parts: hit.briefId ? [hit.briefId] : [], parameters: { card: hit.id } };
    case 'brief':
      return { screen: 'ideate', parts: [hit.briefId ?? hit.id] };
  }
}
