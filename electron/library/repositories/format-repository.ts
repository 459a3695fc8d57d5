import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { channelFormatSchema } from '../../contract/format.ts';
import type { ChannelFormat, FormatId, NewFormat } from '../../contract/format.ts';
import { channelFormats, findFormatProblem, makeOwnFormat } from '../../domain/production/channel-formats.ts';
import { jsonColumn } from '../database/row-columns.ts';
import { notFound } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Most formats that a library may add: a person chooses among them from a list. */
const MAX_OWN = 200;

/** The sizes that every library has, and those that its people added. */
export type FormatRepository = {
  /** What may be chosen: the built-in ones first, then its own in the order in which they were added. */
  list(): ChannelFormat[];
  /** Also one that was removed since. @throws format.notFound */
  get(id: FormatId): ChannelFormat;
  /** @throws input.invalid naming what is wrong with its measures */
  add(format: NewFormat): ChannelFormat;
  /** False when it was removed before. @throws format.notFound for what is none of the library's own */
  remove(id: FormatId): boolean;
};

const formatRow = z.object({ content: jsonColumn(channelFormatSchema) });

export function createFormatRepository({ database, clock }: RepositoryContext): FormatRepository {
  const builtIn = new Map(channelFormats.map((format) => [format.id, format]));
  const listOwn = () =>
    database
      .all(formatRow, 'SELECT content FROM formats WHERE removed_at_ms IS NULL ORDER BY sequence')
      .map(({ content }) => content);
  return {
    list: () => [...channelFormats, ...listOwn()],
    get: (id) => {
      const found =
        builtIn.get(id) ?? database.find(formatRow, 'SELECT content FROM formats WHERE id = ?', id)?.content;
      if (found === undefined) throw notFound('format.notFound', id);
      return found;
    },
    add: (wanted) => {
      const problem = findFormatProblem(wanted);
      if (problem !== null) throw refuse('width', problem);
      return database.write(() => {
        if (listOwn().length >= MAX_OWN)
          throw refuse('name', `a library holds at most ${MAX_OWN} formats of its own; remove one first`);
        const taken = database.all(z.object({ id: z.string() }), 'SELECT id FROM formats').map(({ id }) => id);
        const format = makeOwnFormat(wanted, new Set([...builtIn.keys(), ...taken]));
        database.run(
          'INSERT INTO formats (id, content, created_at_ms) VALUES (?, ?, ?)',
          format.id,
          JSON.stringify(format),
          clock.nowMs(),
        );
        database.note('format.added', [format.id]);
        return format;
      });
    },
    remove: (id) =>
      database.write(() => {
        if (database.value('SELECT sequence FROM formats WHERE id = ?', id) === undefined)
          throw notFound('format.notFound', id);
        const removed =
          database.run(
            'UPDATE formats SET removed_at_ms = ? WHERE id = ? AND removed_at_ms IS NULL',
            clock.nowMs(),
            id,
          ) === 1;
        if (removed) database.note('format.removed', [id]);
        return removed;
      }),
  };
}

function refuse(path: string, message: string): StudioError {
  return new StudioError('input.invalid', `The format cannot be added: ${message}.`, { issues: [{ path, message }] });
}
