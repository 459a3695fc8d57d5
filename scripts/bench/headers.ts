import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isStudioError } from '../../electron/contract/errors.ts';
import { readWeightFile } from '../../electron/engines/lora-header.ts';
import { checkModelFiles } from '../../electron/engines/model-check.ts';
import { checkOnnxFile, describeDamage } from '../../native-models/image/external-data.ts';
import { openImageModel } from '../../native-models/image/image-model.ts';
import { matchLoras } from '../../native-models/image/weights/merged-model.ts';
import { GgufFault, readGgufHeader } from '../../native-models/text/gguf-header.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';
import { createDice, mutateBytes } from './headers/mutate-bytes.ts';
import { buildGguf, buildSafetensors } from './headers/sound-files.ts';

const FILES = 10_000;
const SMALL_FILES = 400;
const SEED = 20_251_125;
/** Far above what any of these files takes on a busy machine; a reader that loops stays above it. */
const HANG_MS = 5000;
const STARTER = join(root, 'native-models/starter/image');

type Hostile = {
  readonly format: string;
  readonly sound: Buffer;
  readonly headBytes: number;
  /** Puts the bytes where the reader looks and reads them; rejects when the reader does. */
  readonly read: (bytes: Buffer) => Promise<void>;
  /** What the error has to name: a file, or for a file that is sound but no use the model. */
  readonly names: readonly string[];
};

/** Feeds damaged model files to everything that reads one before a native loader does. Each file ends sound or with a typed error that names it. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'headers-'));
  const files = options.small ? SMALL_FILES : FILES;
  const roll = createDice(SEED);
  const counts = { sound: 0, typed: 0, untyped: 0, unnamed: 0, hangs: 0 };
  const times: number[] = [];
  const faults: string[] = [];
  try {
    const kinds = prepareKinds(folder);
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

async function judge({ read, names }: Hostile, bytes: Buffer): Promise<Verdict> {
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

function prepareKinds(folder: string): Hostile[] {
  return [prepareOnnx(folder), prepareSafetensors(folder), prepareGguf(folder), ...prepareConfigs(folder)];
}

function prepareOnnx(folder: string): Hostile {
  const path = join(folder, 'model.onnx');
  return {
    format: 'onnx',
    sound: readFileSync(join(STARTER, 'vae_encoder/model.onnx')),
    headBytes: Number.MAX_SAFE_INTEGER,
    names: ['model.onnx'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      await checkOnnxFile('hostile', path, 'model.onnx');
    },
  };
}

function prepareSafetensors(folder: string): Hostile {
  const path = join(folder, 'touch.safetensors');
  const sound = buildSafetensors();
  return {
    format: 'safetensors',
    sound,
    headBytes: sound.length,
    names: ['touch.safetensors', 'touch'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      const header = await readWeightFile('touch', path);
      const model = { name: 'base', folder: STARTER };
      await matchLoras({ model, loras: [{ name: 'touch', path, weight: 1 }] });
      if (header.kind === 'damaged') throw header.problem;
    },
  };
}

function prepareGguf(folder: string): Hostile {
  const path = join(folder, 'model.gguf');
  const sound = buildGguf();
  return {
    format: 'gguf',
    sound,
    headBytes: sound.length,
    names: ['model.gguf', 'hostile'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      const problem = await checkModelFiles('hostile', 'text', path);
      if (problem !== null) throw problem;
      try {
        readGgufHeader(path);
      } catch (error) {
        if (error instanceof GgufFault) throw describeDamage('hostile', basename(path), error.message);
        throw error;
      }
    },
  };
}

/** The folder has no graphs, so a configuration that passes ends with the name of the first graph. */
function prepareConfigs(folder: string): Hostile[] {
  const model = join(folder, 'configs');
  const files = [
    'model_index.json',
    'scheduler/scheduler_config.json',
    'unet/config.json',
    'vae_decoder/config.json',
    'housestyle.json',
  ];
  cpSync(STARTER, model, { recursive: true, filter: (path) => !path.endsWith('.onnx') });
  const tokenizer = readdirSync(join(model, 'tokenizer')).map((file) => `tokenizer/${file}`);
  return [...files, ...tokenizer].map((file): Hostile => {
    const sound = readFileSync(join(STARTER, file));
    return {
      format: file,
      sound,
      headBytes: 4096,
      names: [file, 'text_encoder/model.onnx', 'hostile'],
      read: async (bytes) => {
        writeFileSync(join(model, file), bytes);
        try {
          const opened = await openImageModel({ name: 'hostile', folder: model, threads: 1, announceBusy: () => {} });
          await opened.close();
        } finally {
          writeFileSync(join(model, file), sound);
        }
      },
    };
  });
}
