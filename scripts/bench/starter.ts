import { join } from 'node:path';
import { createEngines } from '../../electron/engines/create-engines.ts';
import type { Engines } from '../../electron/engines/engine-client.ts';
import { openModelStore } from '../../electron/engines/models/model-store.ts';
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

const PARTS = ['vision', 'text', 'image'] as const;
type Part = (typeof PARTS)[number];
type Size = typeof full;

/**
 * Every figure of the three models that ship, through the product's own engines, over drawings and briefs that no training saw.
 * `--part vision`, `--part text` and `--part image` run one or two of the three.
 * @throws TypeError for a part of another name
 */
export async function run({ small: isSmall, parts, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const chosen = choosePart(parts ?? PARTS);
  const figures: Partial<Record<Part, Record<string, unknown>>> = {};
  for (const part of chosen) {
    figures[part] = await measure[part](size, (shown) => options.progress(shown));
    options.progress(`${part}: ${JSON.stringify(figures[part])}`);
  }
  return { threads: size.threads, ...figures };
}

function choosePart(names: readonly string[]): Part[] {
  const unknown = names.find((name) => !(PARTS as readonly string[]).includes(name));
  if (unknown !== undefined) throw new TypeError(`No part "${unknown}"; the parts are ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => names.includes(part));
}

const measure: Record<Part, (size: Size, progress: (text: string) => void) => Promise<Record<string, unknown>>> = {
  vision: async (size) => {
    await using engines = openEngines(size.threads);
    // Awaited here: what `await using` holds is let go when the function returns.
    return await measureVision(
      engines,
      await readSheet('held-out', size.pairs),
      await readSheet('training', size.training),
    );
  },
  text: async (size, progress) => measureText(await readBriefs(size.briefs), progress),
  image: async (size, progress) => {
    await using engines = openEngines(size.threads);
    const drawings = {
      prompts: await readSheet('prompts', size.prompts),
      training: await readSheet('scenes', size.training),
      siblings: await readSheet('siblings'),
    };
    return await measureImage(engines, drawings, size.image, progress);
  },
};

function openEngines(threads: number): Engines {
  const script = join(root, 'native-models/host/engine.ts');
  return createEngines({
    nodePath: process.execPath,
    entries: { image: { script, args: ['image'] }, vision: { script, args: ['vision'] } },
    models: openModelStore({ folders: [{ path: join(root, 'native-models/starter'), shipped: true }] }),
    threads,
  });
}
