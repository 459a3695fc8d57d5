import type { ChannelFormat, FormatId, NewFormat } from '../../contract/format.ts';
import type { StudioContext } from '../studio-context.ts';

/** @throws input.invalid naming what is wrong with its measures */
export function addFormat({ library, feed }: StudioContext, wanted: NewFormat): ChannelFormat {
  const format = library.formats.add(wanted);
  feed.publish('format', 'added', [format.id]);
  return format;
}

/** @throws format.notFound */
export function removeFormat({ library, feed }: StudioContext, id: FormatId): { readonly removed: boolean } {
  const removed = library.formats.remove(id);
  if (removed) feed.publish('format', 'removed', [id]);
  return { removed };
}
