import { basename, resolve } from 'node:path';
import { assetFilterSchema } from '../../contract/asset.ts';
import type { AssetFilter } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import { exportDelivery } from '../../studio/delivery/export-delivery.ts';
import { followRun, readOutput } from '../../studio/jobs/follow-run.ts';
import type { StudioContext } from '../../studio/studio-context.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { formatBytes } from './terminal.ts';

export type ExportOptions = {
  readonly out: string;
  readonly what: 'approved' | 'passed' | 'all';
  readonly brief?: string;
  readonly replace?: boolean;
};

/** Writes pictures of a library with manifest and contact sheet into a new folder. */
export async function exportPictures(
  { out, what, brief, replace }: ExportOptions,
  { terminal, signal, open, askedBy, patienceMs }: CommandCall,
): Promise<number> {
  const { context } = (await open()).studio;
  const folder = resolve(out);
  const filter: AssetFilter = {
    ...assetFilterSchema.parse({}),
    ...(what === 'approved' ? { statuses: ['approved' as const] } : {}),
    ...(what === 'passed' ? { compliance: 'passed' as const } : {}),
    ...(brief === undefined ? {} : { briefId: findBriefId(context, brief) }),
  };
  const begun = exportDelivery(
    context,
    { name: basename(folder), filter, target: { folder, replace: replace === true } },
    askedBy,
  );
  const bar = terminal.bar('Export', 1);
  const run = await followRun(context, begun.id, {
    patienceMs,
    signal,
    onAbort: 'stops',
    onRun: ({ inHand: [job] }) => {
      if (job !== undefined) bar.update(job.done, '', job.total);
    },
  }).finally(() => bar.end());
  const delivery = readOutput(context, run, 'delivery.write');
  terminal.table([
    ['exported', `${delivery.files} files, ${formatBytes(delivery.bytes)}`],
    ['folder', folder],
  ]);
  terminal.result({ ...delivery, out: folder });
  return exitCodes.ok;
}

function findBriefId({ library }: StudioContext, name: string): AssetFilter['briefId'] {
  const briefs = library.briefs.list();
  const found = briefs.find((brief) => brief.id === name || brief.name.toLowerCase() === name.toLowerCase());
  if (found) return found.id;
  throw new StudioError(
    'brief.notFound',
    `--brief: there is no brief "${name}" in this library. It has: ${briefs.map((brief) => brief.name).join(', ') || 'none'}.`,
    { id: name },
  );
}
