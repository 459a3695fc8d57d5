import type { BinItem } from '../../contract/bin.ts';
import { StudioError } from '../../contract/errors.ts';
import { emptyBin } from '../../studio/bin/empty-bin.ts';
import { putBack, restoreBin } from '../../studio/bin/restore-bin.ts';
import type { BinnedIds } from '../../library/repositories/bin-repository.ts';
import type { StudioContext } from '../../studio/system/studio-context.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type RestoreOptions = { readonly all?: boolean };
export type EmptyOptions = { readonly olderThan?: number };

const WINDOW = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

export async function listBin({ open, terminal }: CommandCall): Promise<number> {
  const { library } = (await open()).studio.context;
  const items = readItems(library);
  terminal.table([
    ...items.map(
      (item) =>
        [
          item.id,
          `${nameOf(item)} "${item.title}" of ${item.briefName}, thrown away ${new Date(item.binnedAtMs).toISOString()}${
            item.kind === 'deliverable' && item.inUse ? ', a plan is built on it' : ''
          }`,
        ] as const,
    ),
    ['in the bin', `${items.length}, ${library.bin.content().bytes} bytes`],
  ]);
  terminal.result({ ...library.bin.content(), items });
  return exitCodes.ok;
}

/** @throws input.invalid when neither ids nor `--all` are given, or an id names nothing that lies in the bin; then nothing is put back. */
export async function restoreFromBin(
  ids: readonly string[],
  { all }: RestoreOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  if ((ids.length === 0) === (all !== true)) throw refuse('Name what to put back by its id, or give --all.');
  const { context } = (await open()).studio;
  const restored = all === true ? restoreBin(context) : putBack(context, findInBin(context.library, ids));
  terminal.table([['put back', String(restored)]]);
  terminal.result({ restored });
  return exitCodes.ok;
}

export async function emptyBinOf({ olderThan = 0 }: EmptyOptions, { open, terminal }: CommandCall): Promise<number> {
  const { context } = (await open()).studio;
  const before = context.library.bin.content();
  // What is thrown away in this very millisecond counts as well.
  const emptied = await emptyBin(context, Date.now() - Math.round(olderThan * DAY_MS) + 1);
  const left = context.library.bin.content();
  terminal.table([
    ['in the bin', `${before.assets} pictures, ${before.deliverables} ideas`],
    ['deleted', `${emptied.assets} pictures, ${emptied.deliverables} ideas`],
    ['freed', `${emptied.bytes} bytes in ${emptied.objects} files`],
    ['left', `${left.assets} pictures, ${left.deliverables} ideas`],
  ]);
  terminal.result({ ...emptied, left });
  return exitCodes.ok;
}

/** @throws input.invalid when one of them names nothing that lies in the bin */
function findInBin({ bin }: StudioContext['library'], ids: readonly string[]): BinnedIds {
  const binned = bin.ids();
  const wanted = new Set(ids);
  const found = {
    assetIds: binned.assetIds.filter((id) => wanted.delete(id)),
    deliverableIds: binned.deliverableIds.filter((id) => wanted.delete(id)),
  };
  for (const id of wanted)
    throw refuse(`Nothing with the id ${id} lies in the bin; \`housestyle bin\` lists what does.`);
  return found;
}

function readItems({ bin }: StudioContext['library']): BinItem[] {
  const items: BinItem[] = [];
  for (let offset = 0; ; offset += WINDOW) {
    const window = bin.list({ offset, limit: WINDOW });
    items.push(...window);
    if (window.length < WINDOW) return items;
  }
}

function nameOf(item: BinItem): string {
  return item.kind === 'asset' ? 'picture' : item.what;
}

function refuse(message: string): StudioError {
  return new StudioError('input.invalid', message, { issues: [{ path: 'ids', message }] });
}
