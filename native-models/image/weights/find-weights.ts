import type { LoadRequest, ModelInfo } from '../../../electron/contract/engine-protocol.ts';
import type { WorkContext } from '../../host/serve-engine.ts';
import { openMergedModel } from './merge-cache.ts';

/** Longest time for one layer of the largest networks; the loop turns between layers. */
const LAYER_MS = 120_000;

export type FoundWeights = { readonly folder: string; readonly loras: NonNullable<ModelInfo['loras']> };

/** The folder to open for what a load asks for: the model's own, or one in which its LoRAs are part of the weights. */
export async function findWeights(
  { name, hash, path, merge }: LoadRequest,
  context: WorkContext,
): Promise<FoundWeights> {
  if (merge === undefined) return { folder: path, loras: [] };
  context.announceBusy(LAYER_MS);
  const { folder, reports } = await openMergedModel(
    { model: { name, hash, folder: path }, loras: merge.loras, cacheFolder: merge.cachePath },
    { signal: context.signal, onLayer: () => context.announceBusy(LAYER_MS) },
  );
  const loras = merge.loras.map(({ name: lora, hash: loraHash, weight }, index) => {
    const { matched = 0, unmatched = [] } = reports[index] ?? {};
    const examples = unmatched.slice(0, 10).map((tensor) => tensor.slice(0, 300));
    return { name: lora, hash: loraHash, weight, matched, unmatched: unmatched.length, examples };
  });
  return { folder, loras };
}
