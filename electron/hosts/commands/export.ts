import { basename, resolve } from 'node:path';
import { assetFilterSchema } from '../../contract/asset.ts';
import type { AssetFilter } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import { exportDelivery } from '../../studio/deliver/export-delivery.ts';
import { followRun, readOutput } from '../../studio/jobs/follow-run.ts';
import type { StudioContext } from '../../studio/system/studio-context.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { formatBytes } from './terminal.ts';

export type ExportOptions = {
  readonly out: string;
  readonly what: 'approved' | 'passed' | 'all';
  readonly brief?: string;
  readonly judgedAgainst?: string;
  readonly replace?: boolean;
};

/** Writes pictures of a library with manifest and contact sheet into a new folder. */
export async function exportPictures(
  { out, what, brief, judgedAgainst, replace }: ExportOptions,
  { terminal, signal, open, askedBy, patienceMs }: CommandCall,
): Promise<number> {
  const { context } = (await open()).studio;
  const folder = resolve(out);
  const judge = judgedAgainst === undefined ? null : findVersion(context, judgedAgainst);
  const filter: AssetFilter = {
    ...assetFilterSchema.parse({}),
    ...(what === 'approved' ? { statuses: ['approved' as const] } : {}),
    ...(what === 'passed' ? { compliance: 'passed' as const } : {}),
    ...(brief === undefined ? {} : { briefId: findBriefId(context, brief) }),
    judgedAgainst: judge?.id ?? null,
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
    ['judged by', judge?.name ?? 'the brand version that each picture was made under'],
  ]);
  terminal.result({ ...delivery, out: folder, judgedAgainst: judge?.name ?? null });
  return exitCodes.ok;
}

/** By id or name. @throws brief.notFound */
export function findBriefId({ library }: StudioContext, name: string): AssetFilter['briefId'] {
  const briefs = library.briefs.list();
  const found = briefs.find((brief) => brief.id === name || brief.name.toLowerCase() === name.toLowerCase());
  if (found) return found.id;
  throw new StudioError(
    'brief.notFound',
    `--brief: there is no brief "${name}" in this library. It has: ${briefs.map((brief) => brief.name).join(', ') || 'none'}.`,
    { id: name },
  );
}

/** "3", or "Lumen Oat 3" where the library holds several brands. */
function findVersion(
  { library }: StudioContext,
  text: string,
): { readonly id: AssetFilter['judgedAgainst']; readonly name: string } {
  const [, brandName = '', number = ''] = /^(.*?)\s*(\d+)$/.exec(text.trim()) ?? [];
  const named = library.brands
    .list()
    .filter(({ name }) => brandName === '' || name.toLowerCase() === brandName.toLowerCase());
  const found = named.flatMap(({ id, name }) =>
    library.brands
      .versions(id)
      .filter((version) => version.number === Number(number))
      .map((version) => ({ id: version.id, name: `${name} ${version.number}` })),
  );
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const known = library.brands.list().map(({ name, latest }) => `${name} 1 to ${latest.number}`);
  throw new StudioError(
    'brand.notFound',
    found.length > 1
      ? `--judged-against: "${text}" may be ${found.map(({ name }) => name).join(' or ')}; name the brand too.`
      : `--judged-against: there is no brand version "${text}" in this library. It has: ${known.join(', ') || 'none'}.`,
    { id: text },
  );
}
