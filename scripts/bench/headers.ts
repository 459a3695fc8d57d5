import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStudioError } from '../../electron/contract/errors.ts';
import type { BenchOptions } from './bench.ts';
import { prepareModelFiles } from './headers/model-files.ts';
import type { ModelFile } from './headers/model-files.ts';
import { createDice, mutateBytes } from './headers/mutate-bytes.ts';

const FILES = 10_000;
const SMALL_FILES = 400;
const SEED = 20_251_125;
/** Far above what any of these files takes on a busy machine; a reader that loops stays above it. */
const HANG_MS = 5000;

/** Feeds damaged model files to everything that reads one before a native loader does. Each file ends sound or with a typed error that names it. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'headers-'));
  const files = options.small ? SMALL_FILES : FILES;
  const roll = createDice(SEED);
  const counts = { sound: 0, typed: 0, untyped: 0, unnamed: 0, hangs: 0 };
  const times: number[] = [];
  const faults: string[] = [];
  try {
    const kinds = prepareModelFiles(folder);
    for (let index = 0; index < files; index += 1) {
      const kind = kinds[index % kinds.length];
      if (kind === undefined) break;
      const bytes = mutateBytes(kind.sound, kind.headBytes, roll);
      const startedAtMs = performance.now();
      const verdict = await judge(kind, bytes);
      const tookMs = performance.now() - startedAtMs;
      times.push(tookMs);
      counts[verdict.kind] += 1;
      if (tookMs > HANG_MS) counts.hangs += 1;
      if (verdict.kind === 'untyped' || verdict.kind === 'unnamed')
        faults.push(`${kind.format} ${index}: ${verdict.text}`);
      if (index % 1000 === 999) options.progress(`${index + 1} of ${files} files`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const fault of faults.slice(0, 10)) options.progress(fault);
  times.sort((a, b) => a - b);
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(2));
  return { files, ...counts, p95Ms: at(0.95), slowestMs: at(0.99999), seed: SEED };
}

type Verdict = { readonly kind: 'sound' | 'typed' | 'untyped' | 'unnamed'; readonly text: string };

async function judge({ read, names }: ModelFile, bytes: Buffer): Promise<Verdict> {
  try {
    await read(bytes);
    return { kind: 'sound', text: '' };
  } catch (error) {
    if (!isStudioError(error))
      return { kind: 'untyped', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    const { data } = error.toRecord();
    const named = [data['file'], data['model']];
    const isNamed = error.code.startsWith('model.') && names.some((name) => named.includes(name));
    return { kind: isNamed ? 'typed' : 'unnamed', text: error.message };
  }
}
