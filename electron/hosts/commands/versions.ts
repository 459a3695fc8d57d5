import { StudioError } from '../../contract/errors.ts';
import { compareKits } from '../../domain/brand/compare-kits.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { findBrand } from './import-sources.ts';

export type VersionOptions = { readonly brand: string; readonly from?: number; readonly to?: number };

/** The versions of a brand, and what differs between two of them: the two newest when none is named. */
export async function showVersions({ brand: name, from, to }: VersionOptions, call: CommandCall): Promise<number> {
  const { context } = (await call.open()).studio;
  const { library } = context;
  const brand = findBrand(context, name);
  const versions = library.brands.versions(brand.id).toSorted((a, b) => a.number - b.number);
  const find = (number: number) => {
    const version = versions.find((candidate) => candidate.number === number);
    if (version) return version;
    throw new StudioError('brand.notFound', `${brand.name} has no version ${number}.`, {
      id: `${brand.name} ${number}`,
    });
  };
  const newer = find(to ?? versions.length);
  const older = find(from ?? Math.max(1, newer.number - 1));
  const changes = compareKits(older.kit, newer.kit, { before: older.files, after: newer.files });
  call.terminal.table(
    versions.map(({ number, createdAtMs }) => [`version ${number}`, new Date(createdAtMs).toISOString()] as const),
  );
  call.terminal.say(`From version ${older.number} to ${newer.number}: ${changes.length} differences.`);
  call.terminal.table(
    changes.map(({ part, field, before, after }) => [
      [part, ...field].join(', '),
      `${before ?? 'nothing'} → ${after ?? 'nothing'}`,
    ]),
  );
  call.terminal.result({ brand: brand.name, from: older.number, to: newer.number, changes });
  return exitCodes.ok;
}
