import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStudioError } from '../../electron/contract/errors.ts';
import type { FileVerdict, Way } from '../proof/file-host.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';
import { openFileStudio } from './files/file-studio.ts';
import type { FileStudio } from './files/file-studio.ts';
import { mutateFile } from './files/mutate-file.ts';
import { makeSeeds } from './files/seed-files.ts';
import { prepareGguf, prepareOnnx, prepareSafetensors } from './headers/model-files.ts';
import type { ModelFile } from './headers/model-files.ts';
import { createDice, mutateBytes } from './headers/mutate-bytes.ts';

const MUTANTS = 2000;
const SMALL_MUTANTS = 12;
const SEED = 20_251_127;
/** Files that are on their way at once; a studio has two readers. */
const WIDTH = 3;
/** An installation starts an engine, so only some of the models that pass the look are installed. */
const INSTALL_EVERY = 100;

/** The ways in for a format; mutants take turns. */
const waysOf: Readonly<Record<string, readonly Way[]>> = {
  woff: ['font', 'source'],
  woff2: ['font', 'source'],
  ttf: ['font', 'source'],
  otf: ['font', 'source'],
  svg: ['logo', 'source'],
  png: ['logo', 'reference', 'from', 'source'],
  jpeg: ['reference', 'from', 'source'],
  webp: ['reference', 'from', 'source'],
  pdf: ['source'],
  ase: ['source'],
  gpl: ['source'],
  css: ['source'],
  json: ['source'],
  brief: ['brief'],
  kit: ['kit'],
};
const endings: Readonly<Record<string, string>> = { brief: 'md', kit: 'json' };

type Tally = { mutants: number; typed: number; sound: number; untyped: number; hangs: number };
type Count = { readonly formats: Record<string, Tally>; readonly faults: string[] };

/**
 * Brings damaged files of every format that strangers send into a studio by its real ways in, while it is asked something every 50 ms. Each ends sound or with a typed
 * error. `untyped` counts parsers that threw something of their own too, and `readerDeaths` every reader that had to be ended, although callers hear both as typed errors.
 */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-files-'));
  const count: Count = { formats: {}, faults: [] };
  try {
    const studio = await openFileStudio(folder);
    const mutants = options.small ? SMALL_MUTANTS : MUTANTS;
    const isWanted = (format: string) => options.parts === undefined || options.parts.includes(format);
    const all = await makeSeeds();
    for (const [format, seeds] of Object.entries(all)) {
      if (!isWanted(format)) continue;
      const inner = format === 'woff2' ? (all['ttf'] ?? []) : [];
      await readFiles(studio, { format, seeds, inner, mutants }, count);
      options.progress(`${format}: ${JSON.stringify(count.formats[format])}`);
    }
    for (const kind of [prepareGguf(folder), prepareSafetensors(folder), prepareOnnx(folder)]) {
      if (!isWanted(kind.format)) continue;
      await readModels(studio, kind, mutants, folder, count);
      options.progress(`${kind.format}: ${JSON.stringify(count.formats[kind.format])}`);
    }
    const calls = studio.callsMs.toSorted((a, b) => a - b);
    const ends = await studio.close();
    for (const { file, how } of ends) count.faults.push(`a reader ended (${how}) at ${file}`);
    for (const fault of count.faults) options.progress(fault);
    return { ...summarise(count, ends), ...measure(calls), seed: SEED, formats: count.formats };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summarise({ formats }: Count, ends: readonly { readonly how: string }[]): Record<string, number> {
  const sum = (field: keyof Tally) => Object.values(formats).reduce((total, tally) => total + tally[field], 0);
  return {
    mutants: sum('mutants'),
    typed: sum('typed'),
    sound: sum('sound'),
    untyped: sum('untyped'),
    hangs: sum('hangs') + ends.filter(({ how }) => how === 'time').length,
    readerDeaths: ends.length,
  };
}

function measure(calls: readonly number[]): Record<string, number> {
  const at = (share: number) => Number((calls[Math.floor((calls.length - 1) * share)] ?? 0).toFixed(1));
  return { calls: calls.length, callP50Ms: at(0.5), callP95Ms: at(0.95), callMaxMs: at(1) };
}

/** A number for each format, so that one format alone gets the mutants that it gets among all. */
const seedOf = (format: string) => Buffer.from(format).reduce((sum, byte) => sum * 31 + byte, SEED);

type Series = {
  readonly format: string;
  readonly seeds: readonly Buffer[];
  readonly inner: readonly Buffer[];
  readonly mutants: number;
};

async function readFiles(
  studio: FileStudio,
  { format, seeds, inner, mutants }: Series,
  { formats, faults }: Count,
): Promise<void> {
  const ways = waysOf[format] ?? ['source'];
  const ending = endings[format] ?? format;
  for (const [index, bytes] of seeds.entries())
    for (const way of ways) {
      const verdict = await studio.ask({ way, name: `sound-${index}.${ending}`, bytes });
      if (verdict?.kind !== 'sound')
        throw new Error(`the ${format} seed ${index} is not read (${way}): ${verdict?.text}`);
    }
  const tally = (formats[format] = { mutants: 0, typed: 0, sound: 0, untyped: 0, hangs: 0 });
  const roll = createDice(seedOf(format));
  // Made one after the other, whoever brings them in: the numbers of the dice come in one order.
  let made: Promise<unknown> = Promise.resolve();
  let index = 0;
  const work = async () => {
    while (index < mutants) {
      const number = index++;
      const name = `${format}-${number}.${ending}`;
      const making = made.then(() => mutateFile(format, seeds, inner, roll));
      made = making;
      const bytes = await making;
      note(tally, faults, name, await studio.ask({ way: ways[number % ways.length] ?? 'source', name, bytes }));
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
}

function note(tally: Tally, faults: string[], name: string, verdict: FileVerdict | null): void {
  tally.mutants += 1;
  tally[verdict?.kind ?? 'hangs'] += 1;
  if (verdict === null) faults.push(`${name}: no answer`);
  else if (verdict.kind === 'untyped') faults.push(`${name}: ${verdict.text}`);
}

/** Models are looked at by the studio and read by what reads them before a native loader does; some are installed. */
async function readModels(
  studio: FileStudio,
  kind: ModelFile,
  mutants: number,
  folder: string,
  { formats, faults }: Count,
): Promise<void> {
  const tally = (formats[kind.format] = { mutants: 0, typed: 0, sound: 0, untyped: 0, hangs: 0 });
  const roll = createDice(seedOf(kind.format));
  const place = preparePlace(kind.format, folder);
  writeFileSync(place.file, kind.sound);
  const sound = await studio.ask({ way: 'look', name: 'sound', bytes: Buffer.from(place.source) });
  if (sound?.kind !== 'sound') throw new Error(`the ${kind.format} seed is not read: ${sound?.text}`);
  for (let index = 0; index < mutants; index++) {
    const name = `${kind.format}-${index}`;
    const bytes = mutateBytes(kind.sound, roll(2) === 0 ? 256 : kind.headBytes, roll);
    writeFileSync(place.file, bytes);
    const path = Buffer.from(place.source);
    let verdict: FileVerdict | null = await studio.ask({ way: 'look', name, bytes: path });
    if (verdict?.kind !== 'untyped') verdict = (await judgeHere(kind, bytes)) ?? verdict;
    if (index % INSTALL_EVERY === 0 && verdict !== null && verdict.kind !== 'untyped')
      verdict = await studio.ask({ way: 'install', name, bytes: path });
    note(tally, faults, name, verdict);
  }
}

async function judgeHere(kind: ModelFile, bytes: Buffer): Promise<FileVerdict | null> {
  try {
    await kind.read(bytes);
    return null;
  } catch (error) {
    if (isStudioError(error) && error.code !== 'internal.unexpected') return { kind: 'typed', text: error.message };
    return { kind: 'untyped', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Where a damaged model lies for the studio to look at: a file alone, or one graph in the folder of a model that is sound otherwise. */
function preparePlace(format: string, folder: string): { readonly file: string; readonly source: string } {
  const source = join(folder, 'brought', format === 'onnx' ? 'pictures' : `weights.${format}`);
  mkdirSync(join(folder, 'brought'), { recursive: true });
  if (format !== 'onnx') return { file: source, source };
  cpSync(join(root, 'native-models/starter/image'), source, { recursive: true });
  return { file: join(source, 'vae_encoder/model.onnx'), source };
}
