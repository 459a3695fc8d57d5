import { type AssetId } from '../../../electron/contract/identifiers.ts';
import { type AssetFilter, type AssetSort } from '../../../electron/contract/asset.ts';

export type StubList = { readonly filter: AssetFilter; readonly sort: AssetSort; readonly ids: AssetId[] };
