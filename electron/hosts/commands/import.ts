import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { importBrandFolder } from '../../studio/brand/import-brand-folder.ts';
import { createBriefOnce } from '../../studio/brief/create-brief.ts';
import { readBriefFile } from '../../studio/brief/read-brief-file.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { importSources } from './import-sources.ts';
import type { SourceOptions } from './import-sources.ts';

export type ImportOptions = Partial<SourceOptions> & { readonly brief?: string; readonly brand?: string };

/** Brings a brand kit, a brief or both into a library. What is there already is not added twice. */
export async function importFiles({ brief, brand, from, ...rest }: ImportOptions, call: CommandCall): Promise<number> {
  if (from !== undefined) return importSources({ ...rest, from }, call);
  const { terminal, open } = call;
  if (brief === undefined && brand === undefined) {
    throw new StudioError(
      'input.invalid',
      'Name what to import: --brand <brand.json>, --brief <brief.md> or --from <files>.',
      {
        issues: [{ path: '', message: 'nothing to import' }],
      },
    );
  }
  const briefBytes = brief === undefined ? null : readBriefFile(brief);
  const { context } = (await open()).studio;
  const version = brand === undefined ? null : await importBrandFolder(context, brand);
  const made =
    briefBytes === null || brief === undefined ? null : createBriefOnce(context, briefBytes, basename(brief));
  terminal.table([
    ...(version ? [['brand', `${version.kit.name}, version ${version.number}`] as const] : []),
    ...(made ? [['brief', made.fields.name] as const] : []),
    ['library', context.library.folder],
  ]);
  terminal.result({ brandVersionId: version?.id ?? null, briefId: made?.id ?? null, library: context.library.folder });
  return exitCodes.ok;
}
