import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createEngines, type EnginesOptions } from '../../../electron/engines/create-engines.ts';
import type { EngineEntries, Engines } from '../../../electron/engines/engine-client.ts';
import type { InstalledModel, ModelStore } from '../../../electron/engines/models/model-store.ts';

export type FakeEngineOptions = {
  /** See the head of fake-engine.ts. */
  readonly mode?: string;
  readonly imageMs?: number;
  readonly loadMs?: number;
  /** The kinds that the mode is for. Default: all. */
  readonly kinds?: readonly (keyof Required<Omit<EngineEntries, 'devices'>>)[];
  /** The mode breaks only so many times, counted in a file that all processes of a kind share. */
  readonly times?: number;
  readonly diary?: string;
};

const SCRIPT = fileURLToPath(new URL('./fake-engine.ts', import.meta.url));
const COMPILE_CACHE = fileURLToPath(new URL('../../../.cache/engine-code', import.meta.url));

export function createFakeEntries(options: FakeEngineOptions = {}): Required<Omit<EngineEntries, 'devices'>> {
  const { mode = 'ok', imageMs = 15, loadMs = 0, kinds, times, diary = '' } = options;
  const args = ['--image-ms', String(imageMs), '--load-ms', String(loadMs)];
  if (times !== undefined) args.push('--times', String(times));
  const entryOf = (kind: 'image' | 'text' | 'vision') => ({
    script: SCRIPT,
    args: [
      kind,
      '--mode',
      kinds === undefined || kinds.includes(kind) ? mode : 'ok',
      '--diary',
      diary === '' ? '' : `${diary}-${kind}`,
      ...args,
    ],
  });
  return { image: entryOf('image'), text: entryOf('text'), vision: entryOf('vision') };
}

/** One model of each kind, without files. */
export function createFakeModelStore(): ModelStore {
  const models = (['image', 'text', 'vision'] as const).map((kind): InstalledModel => ({
    name: `fake-${kind}`,
    kind,
    family: 'fake',
    sizeBytes: 1_000_000,
    licence: 'Apache-2.0',
    shipped: true,
    note: '',
    problem: null,
    path: `/fake/${kind}`,
    hash: createHash('sha256').update(kind).digest('hex'),
    stamp: '',
  }));
  return {
    list: async () => models.map(({ path: _path, hash: _hash, stamp: _stamp, ...model }) => model),
    find: async (kind) => {
      const model = models.find((candidate) => candidate.kind === kind);
      if (model === undefined) throw new Error(`no fake model of kind ${kind}`);
      return model;
    },
    findLora: async (use) => ({ ...use, hash: 'f'.repeat(64), path: `/fake/${use.name}` }),
    findTwin: async () => null,
    noteProblem: () => undefined,
  };
}

/** The real supervisor with processes of the fake engine. */
export function createFakeEngines(fake: FakeEngineOptions = {}, options: Partial<EnginesOptions> = {}): Engines {
  return createEngines({
    nodePath: process.execPath,
    entries: createFakeEntries(fake),
    models: createFakeModelStore(),
    threads: 1,
    compileCacheFolder: COMPILE_CACHE,
    ...options,
  });
}
