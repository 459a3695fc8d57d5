import { join } from 'node:path';
import { createEngines } from '../../electron/engines/create-engines.ts';
import { openModelStore } from '../../electron/engines/model-store.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';
import { measureImage } from './starter/measure-image.ts';
import { measureText } from './starter/measure-text.ts';
import { measureVision } from './starter/measure-vision.ts';
import { readBriefs, readSheet } from './starter/read-pack.ts';

const full = {
  pairs: 1000,
  training: 1000,
  briefs: 50,
  prompts: 100,
  threads: 2,
  image: { edge: 256, seeds: 64, siblingPrompts: 2, largest: 4 },
};
const small = {
  pairs: 40,
  training: 120,
  briefs: 1,
  prompts: 3,
  threads: 1,
  image: { edge: 128, seeds: 3, siblingPrompts: 1, largest: 0 },
};

/** Every figure of the three models that ship, through the product's own engines, over drawings and briefs that no training saw. */
export async function run({ small: isSmall, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const script = join(root, 'native-models/host/engine.ts');
  await using engines = createEngines({
    nodePath: process.execPath,
    entries: { image: { script, args: ['image'] }, vision: { script, args: ['vision'] } },
    models: openModelStore({ folders: [{ path: join(root, 'native-models/starter'), shipped: true }] }),
    threads: size.threads,
  });
  const training = await readSheet('training', size.training);
  const vision = await measureVision(engines, await readSheet('held-out', size.pairs), training);
  options.progress(`vision: ${JSON.stringify(vision)}`);
  const text = await measureText(await readBriefs(size.briefs), (shown) => options.progress(shown));
  options.progress(`text: ${JSON.stringify(text)}`);
  const prompts = await readSheet('prompts', size.prompts);
  const image = await measureImage(
    engines,
    { prompts, training, siblings: await readSheet('siblings') },
    size.image,
    (text) => options.progress(text),
  );
  return { threads: size.threads, vision, text, image };
}
