import type { SourceFile } from './source-file.ts';
import { MAX_FINDINGS, MAX_SOURCE_BYTES } from '../../contract/brand-import.ts';
import type { Finding, SourceReading } from '../../contract/brand-import.ts';
import { isStudioError } from '../../contract/errors.ts';
import type { NewFinding } from './colour-finding.ts';
import { linkSources } from './link-sources.ts';
import type { LinkedSources } from './link-sources.ts';
import { readCss } from './read-css.ts';
import { readFont } from './read-font.ts';
import { readSvgLogo } from './read-logo.ts';
import { readPdf } from './read-pdf.ts';
import { readPicture } from './read-picture.ts';
import { readAse, readGpl } from './read-swatches.ts';
import { readTailwind } from './read-tailwind.ts';
import { readTokens } from './read-tokens.ts';
import { refuseSource } from './refuse-source.ts';

type Reading = NewFinding[] | { readonly findings: NewFinding[]; readonly notes: string[] };
type Read = (bytes: Uint8Array, file: string, linked: LinkedSources) => Reading | Promise<Reading>;

const readers: readonly (readonly [RegExp, Read])[] = [
  [/\.ase$/i, readAse],
  [/\.gpl$/i, readGpl],
  [/\.[mc]?[jt]s$/i, (bytes, file, { css }) => readTailwind(bytes, file, css)],
  [/\.svg$/i, readSvgLogo],
  [/\.(png|jpe?g|webp)$/i, readPicture],
  [/\.(ttf|otf|woff2?)$/i, readFont],
  [/\.pdf$/i, readPdf],
];

/** What a brand can be read from, for file dialogs and refusals. */
const EXPECTED =
  'swatches (.ase, .gpl), style sheets (.css), a Tailwind configuration, design tokens (.json), logos (.svg, .png), pictures, fonts or a brand guide (.pdf)';

const MAX_NOTES = 64;

/** Reads every file; references lead from one into another. A file that cannot be read is told with its reason and stops no other. */
export async function readSources(
  files: readonly SourceFile[],
  onFile: (name: string) => void = () => {},
  onFailure: (error: unknown) => void = () => {},
): Promise<SourceReading> {
  const findings: Finding[] = [];
  const refused: SourceReading['refused'] = [];
  const notes: string[] = [];
  const linked = linkSources(files, onFile);
  for (const [index, file] of files.entries()) {
    onFile(file.name);
    try {
      const reading = await readSource(file, index, linked);
      const found = Array.isArray(reading) ? reading : reading.findings;
      if (!Array.isArray(reading)) notes.push(...reading.notes.map((note) => note.slice(0, 300)));
      const room = MAX_FINDINGS - findings.length;
      if (found.length > room) notes.push(`${file.name}: only the first ${room} of ${found.length} findings are kept.`);
      for (const finding of found.slice(0, room)) findings.push({ ...finding, id: `f${findings.length + 1}` });
    } catch (error) {
      onFailure(error);
      refused.push({ file: file.name, ...explain(error) });
    }
  }
  return { findings, refused, notes: notes.slice(0, MAX_NOTES) };
}

/** A parser that throws something of its own has met a file that it was not made for. */
function explain(error: unknown): { readonly reason: string; readonly expected: string } {
  if (isStudioError(error) && 'reason' in error.data && 'expected' in error.data)
    return { reason: error.data.reason, expected: error.data.expected };
  return { reason: 'it is damaged and cannot be read', expected: EXPECTED };
}

function readSource({ name, bytes }: SourceFile, index: number, linked: LinkedSources): Reading | Promise<Reading> {
  if (bytes.length === 0) refuseSource(name, 'the file is empty', EXPECTED);
  if (bytes.length > MAX_SOURCE_BYTES)
    refuseSource(
      name,
      `the file has ${Math.ceil(bytes.length / 1024 ** 2)} MiB`,
      `at most ${MAX_SOURCE_BYTES / 1024 ** 2} MiB`,
    );
  const source = linked.at(index);
  if (source?.kind === 'sheet') return readCss(source.sheet, { id: source.id, name }, linked.css);
  if (source?.kind === 'tokens') return readTokens(source.tokens, { id: source.id, name }, linked);
  const reader = readers.find(([pattern]) => pattern.test(name))?.[1];
  return reader
    ? reader(bytes, name, linked)
    : refuseSource(name, 'this kind of file holds no part of a brand', EXPECTED);
}
