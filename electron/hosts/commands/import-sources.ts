import { readFileSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename } from 'node:path';
import type { BrandSummary } from '../../contract/brand.ts';
import { MAX_SOURCE_BYTES } from '../../contract/brand-import.ts';
import type { Finding } from '../../contract/brand-import.ts';
import { StudioError } from '../../contract/errors.ts';
import {
  applyFindings,
  buildKitOfFindings,
  findMissingPart,
  leaveOutThemes,
} from '../../domain/brand/apply-findings.ts';
import { emptyKit } from '../../domain/brand/empty-kit.ts';
import { saveBrandDraft } from '../../studio/brand/brand-draft.ts';
import { importBrand } from '../../studio/brand/import-brand.ts';
import type { StudioContext } from '../../studio/system/studio-context.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type SourceOptions = { readonly from: readonly string[]; readonly into?: string; readonly new?: string };

/** Reads what a brand has in other forms and shows it; with `into` it goes into that brand's draft, with `new` it becomes a brand. */
export async function importSources({ from, into, new: name }: SourceOptions, call: CommandCall): Promise<number> {
  const files = from.map(readSourceFile);
  const { context } = (await call.open()).studio;
  const reading = await context.reader.readSources(files, call.signal);
  const { terminal } = call;
  terminal.table(reading.findings.map((finding) => [finding.kind, describe(finding)] as const));
  for (const { file, reason, expected } of reading.refused) terminal.say(`${file}: ${reason}. Expected ${expected}.`);
  for (const note of reading.notes) terminal.say(note);
  const { kept, leftOut } = leaveOutThemes(reading.findings);
  const isTaking = into !== undefined || name !== undefined;
  if (isTaking && leftOut.length > 0)
    terminal.say(`Colours of the themes ${leftOut.join(', ')} are left out. Confirm them on the Brand screen.`);
  const uploads = new Map(files.map(({ name: file, bytes }) => [file, bytes]));
  let brandId: string | null = null;
  if (into !== undefined) {
    const brand = findBrand(context, into);
    const draft = context.library.brandDrafts.get(brand.id);
    const kit = applyFindings(draft?.kit ?? brand.latest.kit, kept);
    const basedOn = draft?.basedOn ?? brand.latest.id;
    ({ brandId } = await saveBrandDraft(context, { brandId: brand.id, basedOn, kit }, uploads));
    terminal.say(`Kept in the draft of ${brand.name}. Confirm it on the Brand screen.`);
  } else if (name !== undefined) {
    const kit = buildKitOfFindings(name, emptyKit, kept);
    if (!kit) {
      const missing = findMissingPart(kept) ?? 'colours';
      throw new StudioError('brand.fileMissing', `A new brand needs ${missing}, which these files do not hold.`, {
        file: missing,
        field: missing,
      });
    }
    ({ brandId } = await importBrand(context, JSON.stringify(kit), uploads));
  }
  terminal.result({ ...reading, brandId, leftOutThemes: isTaking ? leftOut : [] });
  return reading.findings.length === 0 ? exitCodes.input : exitCodes.ok;
}

function readSourceFile(path: string): { name: string; bytes: Uint8Array } {
  const name = basename(path);
  const refuse = (reason: string, expected: string, cause?: unknown) =>
    new StudioError(
      'brand.sourceRefused',
      `${name}: ${reason}. Expected ${expected}.`,
      { file: name, reason, expected },
      { cause },
    );
  let found: Stats;
  try {
    found = statSync(path);
  } catch (cause) {
    throw refuse('there is no such file', 'a file that can be read', cause);
  }
  if (!found.isFile()) throw refuse('this is not a file', 'a file on a disk');
  const sizeBytes = found.size;
  if (sizeBytes > MAX_SOURCE_BYTES)
    throw refuse(`the file has ${Math.ceil(sizeBytes / 1024 ** 2)} MiB`, `at most ${MAX_SOURCE_BYTES / 1024 ** 2} MiB`);
  try {
    return { name, bytes: new Uint8Array(readFileSync(path)) };
  } catch (cause) {
    throw refuse('it cannot be read', 'a file that this account may read', cause);
  }
}

/** @throws brand.notFound */
export function findBrand({ library }: StudioContext, name: string): BrandSummary {
  const brand = library.brands.list().find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (brand) return brand;
  throw new StudioError('brand.notFound', `There is no brand "${name}" in this library.`, { id: name });
}

function describe(finding: Finding): string {
  const { file, place } = finding.source;
  const what =
    finding.kind === 'colour'
      ? [
          `${finding.hex} ${finding.name}`,
          finding.role,
          finding.theme === null ? null : `theme ${finding.theme}`,
          finding.change === 'clipped' ? 'clipped to sRGB' : finding.change === 'opaque' ? 'read as opaque' : null,
        ]
          .filter((part) => part !== null)
          .join(', ')
      : finding.kind === 'typeface'
        ? `${finding.family} ${finding.weight}`
        : finding.kind === 'logo'
          ? finding.name
          : finding.kind === 'reference'
            ? finding.file
            : finding.text;
  return `${what} (${file}, ${place})`;
}
