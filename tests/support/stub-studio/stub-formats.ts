import { implement } from '@orpc/server';
import { studioContract } from '../../../electron/contract/index.ts';
import { channelFormats, makeOwnFormat } from '../../../electron/domain/production/channel-formats.ts';
import type { Tell } from './stub-events.ts';
import type { StubLibrary } from './stub-library.ts';

/** The formats that every library has, and those that a page adds. */
export function createFormatHandlers(library: StubLibrary, tell: Tell) {
  const os = implement(studioContract).format;
  const list = () => [...channelFormats, ...library.formats];
  return {
    list: os.list.handler(list),
    add: os.add.handler(({ input }) => {
      const format = makeOwnFormat(input, new Set(list().map(({ id }) => id)));
      library.formats.push(format);
      tell('format.added', [format.id]);
      return format;
    }),
    remove: os.remove.handler(({ input }) => {
      const at = library.formats.findIndex(({ id }) => id === input.formatId);
      if (at >= 0) library.formats.splice(at, 1);
      tell('format.removed', [input.formatId]);
      return { removed: at >= 0 };
    }),
  };
}
