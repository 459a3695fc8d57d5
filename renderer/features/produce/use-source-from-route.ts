import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { assetIdSchema } from '../../../electron/contract/identifiers.ts';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { navigate, useRoute } from '../../app/use-route.ts';
import { assetQueries } from '../../rpc/queries.ts';
import { editDraft } from './draft-store.ts';

/** Near enough to know the picture by, far enough to be another one. */
const USUAL_STRENGTH = 0.6;

/** The address may name an imported picture that a plan starts from; it goes into the draft, then leaves the address. @returns what went wrong */
export function useSourceFromRoute(briefId: BriefId): unknown {
  const { parameters } = useRoute();
  const assetId = assetIdSchema.safeParse(parameters['source']).data;
  const { data: asset, error } = useQuery(assetQueries.named(assetId, null));
  useEffect(() => {
    if (assetId === undefined || asset === undefined || asset.id !== assetId) return;
    if (asset.medium === 'picture') {
      const { hash, headline: name, thumbnails } = asset;
      const thumbnail = thumbnails?.small ?? hash;
      editDraft(briefId, { source: { hash, name, thumbnail, strength: USUAL_STRENGTH } });
    }
    navigate({ screen: 'produce', parts: [briefId] }, { replace: true });
  }, [assetId, asset, briefId]);
  return error;
}
