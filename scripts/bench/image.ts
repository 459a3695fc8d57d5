import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImageJob } from '../../electron/contract/engine-protocol.ts';
import { openImageModel } from '../../native-models/image/image-model.ts';
import { PictureMaker } from '../../native-models/image/make-picture.ts';
import { compareStructure, toLuminances } from '../proof/structure-similarity.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const FOLDER = join(root, 'native-models/starter/image');
const REFERENCE = join(root, 'tests/support/reference/reference_pipeline.py');
const THREADS = 1;
/** The best of so many counts: other programs only ever make a round slower. */
const ROUNDS = 3;
const full = { edge: 256, steps: 20, pictures: 5 };
const small = { edge: 128, steps: 3, pictures: 2 };

/**
 * What the pipeline costs beside the networks: the time of whole pictures over the time inside the native runtime, and over the
 * same pictures by the reference pipeline in Python, on the same files, threads, steps and noise.
 */
export async function run({ small: isSmall, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const model = await openImageModel({
    name: 'starter-image',
    folder: FOLDER,
    threads: THREADS,
    announceBusy: () => {},
  });
  try {
    const maker = new PictureMaker(model);
    const networks = [...model.textReaders.map(({ network }) => network), model.denoiser, model.decoder];
    const readNativeMs = () => networks.reduce((sum, network) => sum + network.nativeMs, 0);
    await makePicture(maker, createJob(size, 0));
    const ratios: number[] = [];
    const totalsMs: number[] = [];
    const reference = openReference();
    for (let seed = 1; seed <= size.pictures; seed += 1) {
      const job = createJob(size, seed);
      let best = { totalMs: Number.POSITIVE_INFINITY, nativeMs: 1 };
      let picture: Uint8Array = new Uint8Array();
      for (let round = 0; round < ROUNDS; round += 1) {
        const nativeBeforeMs = readNativeMs();
        const startedAtMs = performance.now();
        picture = await makePicture(maker, job);
        const totalMs = performance.now() - startedAtMs;
        if (totalMs < best.totalMs) best = { totalMs, nativeMs: readNativeMs() - nativeBeforeMs };
      }
      ratios.push(best.totalMs / best.nativeMs);
      totalsMs.push(best.totalMs);
      reference.compare(job, picture, best.totalMs);
      options.progress(`picture ${seed} of ${size.pictures}: ${Math.round(best.totalMs)} ms`);
    }
    return {
      ...size,
      threads: THREADS,
      secondsPerImage: median(totalsMs) / 1000,
      overBare: median(ratios),
      ...reference.close(),
    };
  } finally {
    await model.close();
  }
}

type Size = typeof full;

function createJob({ edge, steps }: Size, seed: number): ImageJob {
  return {
    kind: 'image',
    prompt: 'calm mesh gradient, soft, open space on the left, in navy, coral and cream',
    negativePrompt: '',
    width: edge,
    height: edge,
    steps,
    guidance: 3,
    scheduler: 'ddim',
    seed,
    loras: [],
    paletteGuidance: null,
    previewEvery: 0,
  };
}

async function makePicture(maker: PictureMaker, job: ImageJob): Promise<Uint8Array> {
  const result = await maker.make(job, { signal: new AbortController().signal, reportProgress: () => {} });
  return result.raster.rgb;
}

/** The same pictures by the reference, side by side. Null with a reason where no Python has what it takes; HOUSESTYLE_PYTHON names one. */
function openReference() {
  const python = process.env['HOUSESTYLE_PYTHON'] ?? 'python3';
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-image-'));
  const similarities: number[] = [];
  const ratios: number[] = [];
  let why: string | null = null;
  if (spawnSync(python, ['-c', 'import numpy, onnxruntime, tokenizers']).status !== 0) {
    why = 'no Python with numpy, onnxruntime and tokenizers (name one in HOUSESTYLE_PYTHON)';
  }
  return {
    compare(job: ImageJob, picture: Uint8Array, totalMs: number): void {
      if (why !== null) return;
      const raw = join(folder, 'picture.raw');
      const { prompt, width, height, steps, guidance, seed } = job;
      const flags = { prompt, width, height, steps, guidance, seed, threads: THREADS, repeat: ROUNDS, raw };
      const given = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const { status, stdout, stderr } = spawnSync(python, [REFERENCE, FOLDER, ...given], { encoding: 'utf8' });
      if (status !== 0) {
        why = `the reference failed: ${stderr.slice(-300)}`;
        return;
      }
      const { seconds } = JSON.parse(stdout) as { seconds: number[] };
      ratios.push(totalMs / 1000 / Math.min(...seconds));
      similarities.push(compareStructure(toLuminances(picture), toLuminances(readFileSync(raw)), width));
    },
    close() {
      rmSync(folder, { recursive: true, force: true });
      if (why !== null) return { overReference: null, ssimMin: null, why };
      return { overReference: median(ratios), ssimMin: Math.min(...similarities) };
    },
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
