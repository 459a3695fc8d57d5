import { implement } from '@orpc/server';
import { studioContract } from '../../../electron/contract/index.ts';
import { addImported } from './add-imported.ts';
import type { StubLibrary } from './stub-library.ts';
import type { StubRuns } from './stub-runs.ts';
import type { Tell } from './stub-events.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes pictures and documents by their names, and refuses the rest as a studio would. */
export function createMediaHandlers(library: StubLibrary, runs: StubRuns, tell: Tell, paceMs: number) {
  const os = implement(studioContract).media;
  function begin(names: readonly string[]) {
    return runs.begin({
      kind: 'filesImport',
      title: names[0] ?? '',
      jobs: names.map((subject) => ({ kind: 'files.import', subject })),
      work: async (index) => {
        await pause(paceMs);
        const name = names[index] ?? '';
        if (!/\.(png|jpe?g|webp|md|txt)$/.test(name)) {
          const reason = 'it is neither a picture nor a sound nor a document that can be brought in';
          // A stub's job fails with the record that the run keeps.
          // oxlint-disable-next-line typescript/only-throw-error
          throw { code: 'library.unsupportedFile', message: `${name}: ${reason}.`, data: { name, reason } };
        }
        const isText = /\.(md|txt)$/.test(name);
        const assetId = addImported(library, {
          name,
          medium: isText ? 'document' : 'picture',
          mediaType: isText ? 'text/markdown' : 'image/png',
        });
        tell('asset.imported', [assetId]);
        return { assetId, outcome: 'added' };
      },
    });
  }
  return {
    import: os.import.handler(({ input }) => begin(input.files.map(({ name }) => name))),
    importPaths: os.importPaths.handler(({ input }) => ({
      run: begin(input.paths.map((path) => path.split('/').at(-1) ?? path)),
      leftOut: [],
      leftOutCount: 0,
    })),
  };
}
