import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchOptions } from './bench.ts';
import type { Acknowledgement } from './powercut/acknowledgement.ts';
import { checkImage } from './powercut/check-image.ts';
import { DiskModel, diskModelNames } from './powercut/disk-model.ts';
import type { DiskModelName } from './powercut/disk-model.ts';
import { createRandom } from './powercut/random.ts';
import { recordTrace } from './powercut/record-trace.ts';
import type { TraceEvent } from './powercut/record-trace.ts';
import { variantNames } from './powercut/variants.ts';
import type { VariantName } from './powercut/variants.ts';
import { workloadNames } from './powercut/workload.ts';
import type { WorkloadName } from './powercut/workload.ts';

type Violation = {
  readonly workload: WorkloadName;
  readonly model: DiskModelName;
  readonly event: number;
  readonly seed: number;
  readonly broken: string[];
};
type Tally = { cuts: number; readonly violations: Violation[] };

const SEED = 20_261_122;

/**
 * Power cuts at random moments of real work. The work runs once under strace; its record is replayed into a model of a disk, which is cut at random places
 * with what was not synced dropped or torn. Each remainder is opened by the real library and must keep every promise. Then four broken variants go through
 * the same and must be noticed.
 */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const cutsPerCase = options.small ? 15 : 840;
  const size = options.small ? 6 : 40;
  const work = mkdtempSync(join(pickWorkFolder(), 'housestyle-powercut-'));
  const startedMs = performance.now();
  try {
    const tally = await cutVariant(work, 'sound', {
      size,
      cutsPerCase,
      stopAtFirst: false,
      progress: (text) => options.progress(text),
    });
    const elapsedMs = performance.now() - startedMs;
    const caught: Record<string, string | null> = {};
    for (const variant of variantNames.filter((name) => name !== 'sound')) {
      caught[variant] = await findViolation(work, variant, size, cutsPerCase);
      options.progress(`${variant}: ${caught[variant] ?? 'NOT NOTICED'}`);
    }
    return {
      cuts: tally.cuts,
      violations: tally.violations.length,
      mutants: Object.keys(caught).length,
      mutantsCaught: Object.values(caught).filter((found) => found !== null).length,
      caught,
      firstViolation: tally.violations[0] ?? null,
      models: diskModelNames,
      workloads: workloadNames,
      seed: SEED,
      cutsPerSecond: Math.round((tally.cuts / elapsedMs) * 10_000) / 10,
    };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** A few cuts in every model first: some variants break only in one of them. Null when nothing was noticed. */
async function findViolation(
  work: string,
  variant: VariantName,
  size: number,
  cutsPerCase: number,
): Promise<string | null> {
  for (const tried of [40, cutsPerCase]) {
    const { violations, cuts } = await cutVariant(work, variant, {
      size,
      cutsPerCase: tried,
      stopAtFirst: true,
      progress: () => {},
    });
    const [first] = violations;
    if (first !== undefined) {
      return `${first.workload}, ${first.model}, cut ${cuts}: ${first.broken[0] ?? ''}`.slice(0, 300);
    }
  }
  return null;
}

type CutOptions = {
  readonly size: number;
  readonly cutsPerCase: number;
  readonly stopAtFirst: boolean;
  readonly progress: (text: string) => void;
};

async function cutVariant(work: string, variant: VariantName, options: CutOptions): Promise<Tally> {
  const tally: Tally = { cuts: 0, violations: [] };
  for (const workload of workloadNames) {
    const folder = join(work, `${variant}-${workload}`);
    const trace = await recordTrace({ folder, log: join(work, 'trace.log'), workload, variant, size: options.size });
    rmSync(folder, { recursive: true, force: true });
    for (const model of diskModelNames) {
      await cutTrace({ ...options, trace, workload, model, image: join(work, 'image') }, tally);
      options.progress(
        `${variant}, ${workload}, ${model}: ${tally.cuts} cuts, ${tally.violations.length} violations, ${trace.length} recorded steps`,
      );
      if (options.stopAtFirst && tally.violations.length > 0) {
        return tally;
      }
    }
  }
  return tally;
}

type TraceCuts = CutOptions & {
  readonly trace: readonly TraceEvent[];
  readonly workload: WorkloadName;
  readonly model: DiskModelName;
  readonly image: string;
};

/** Goes through the trace once and stops at random places; the same seed stops at the same ones. */
async function cutTrace(
  { trace, workload, model, image, cutsPerCase, stopAtFirst }: TraceCuts,
  tally: Tally,
): Promise<void> {
  const random = createRandom(SEED + tally.cuts);
  const restore = findRestore(trace);
  const places = Array.from({ length: cutsPerCase }, (_, index) => {
    const { from, to } = index % 2 === 0 && restore !== null ? restore : { from: 0, to: trace.length };
    return from + Math.floor(random() * (to - from + 1));
  }).sort((a, b) => a - b);
  const disk = new DiskModel(model);
  const acknowledged: Acknowledgement[] = [];
  let at = 0;
  for (const place of places) {
    for (; at < place; at += 1) {
      const event = trace[at];
      if (event === undefined) {
        break;
      }
      disk.apply(event);
      if (event.kind === 'acknowledge') {
        acknowledged.push(event.acknowledgement);
      }
    }
    const seed = SEED + tally.cuts;
    mkdirSync(image, { recursive: true });
    disk.writeAfterCut(image, createRandom(seed));
    const broken = await checkImage(image, acknowledged);
    rmSync(image, { recursive: true, force: true });
    tally.cuts += 1;
    if (broken.length > 0) {
      tally.violations.push({ workload, model, event: at, seed, broken: broken.slice(0, 5) });
      if (stopAtFirst) {
        return;
      }
    }
  }
}

/** Few steps put a copy back, and every second cut falls among them. Null where none is. */
function findRestore(trace: readonly TraceEvent[]): { readonly from: number; readonly to: number } | null {
  const find = (kind: Acknowledgement['kind']) =>
    trace.findIndex((event) => event.kind === 'acknowledge' && event.acknowledgement.kind === kind);
  const [from, to] = [find('later'), find('restored')];
  return from === -1 || to === -1 ? null : { from, to: to + 1 };
}

/** Memory where there is some to spare: the cuts are modelled, so a real disk would only make them slow. */
function pickWorkFolder(): string {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > 512 * 1024 * 1024 ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
