import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createEngines, type EnginesOptions } from '../../../electron/engines/create-engines.ts';
import type { EngineEntries, Engines } from '../../../electron/engines/engine-client.ts';
import type { InstalledModel, ModelStore } from '../../../electron/engines/model-store.ts';

export type FakeEngineOptions = {
  /** See the head of fake-engine.ts. */
  readonly mode?: string;
  readonly imageMs?: number;
  readonly loadMs?: number;
};

const SCRIPT = fileURLToPath(new URL('./fake-engine.ts', import.meta.url));
const COMPILE_CACHE = fileURLToPath(new URL('../../../.cache/engine-code', import.meta.url));

export function createFakeEntries(options: FakeEngineOptions = {}): Required<Omit<EngineEntries, 'devices'>> {
  const args = [
    '--mode',
    options.mode ?? 'ok',
    '--image-ms',
    String(options.imageMs ?? 15),
    '--load-ms',
    String(options.loadMs ?? 0),
  ];
  const entryOf = (kind: string) => ({ script: SCRIPT, args: [kind, ...args] });
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
