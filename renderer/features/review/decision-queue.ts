import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import type { SummaryCache } from './summary-cache.ts';
import type { Targets } from './targets.ts';

/** The calls of the studio that a review writes through. */
export interface ReviewWrites {
  decide(input: {
    assetIds: AssetId[];
    decision: Decision;
    reason: string;
  }): Promise<{ assets: readonly AssetSummary[]; isWritten: boolean }>;
  undo(): Promise<{ assets: readonly AssetSummary[] }>;
  redo(): Promise<{ assets: readonly AssetSummary[] }>;
  bin(assetIds: AssetId[]): Promise<unknown>;
  restore(assetIds: AssetId[]): Promise<unknown>;
}

/** What an undo or redo did. Verdicts come from the studio's own history, so their assets may lie outside the list on the screen. */
export type Replayed =
  | { readonly kind: 'decided'; readonly assets: readonly AssetSummary[] }
  | { readonly kind: 'binned'; readonly assetIds: readonly AssetId[] }
  | { readonly kind: 'restored'; readonly assetIds: readonly AssetId[] };

type Step =
  | { readonly kind: 'decision'; readonly groups: number }
  | { readonly kind: 'bin'; readonly assetIds: AssetId[] };

/**
 * Sends decisions one after the other, so that undo takes them back in the order of the key presses, and shows each before it is
 * answered. A decision that fails is rolled back and rejects; the ones behind it still run.
 */
export class DecisionQueue {
  readonly #cache: SummaryCache;
  readonly #writes: ReviewWrites;
  #tail: Promise<unknown> = Promise.resolve();
  #tickets = 0;
  #past: Step[] = [];
  #future: Step[] = [];

  constructor(cache: SummaryCache, writes: ReviewWrites) {
    this.#cache = cache;
    this.#writes = writes;
  }

  async decide(targets: Targets, decision: Decision, reason = ''): Promise<void> {
    const ticket = (this.#tickets += 1);
    this.#cache.addPending({ ticket, targets, decision });
    await this.#enqueue(async () => {
      let groups = 0;
      try {
        for await (const part of targets.read()) {
          const { assets, isWritten } = await this.#writes.decide({ assetIds: part, decision, reason });
          this.#cache.put(assets);
          // Where nothing new is said the studio writes no verdicts, and so has no group to undo.
          if (isWritten) groups += 1;
        }
      } finally {
        if (groups > 0) this.#remember({ kind: 'decision', groups });
        this.#cache.dropPending(ticket);
      }
    });
  }

  /** `onNames` hears who leaves before it is written. */
  async bin(targets: Targets, onNames: (assetIds: readonly AssetId[]) => void): Promise<void> {
    await this.#enqueue(async () => {
      const assetIds: AssetId[] = [];
      try {
        for await (const part of targets.read()) {
          onNames(part);
          await this.#writes.bin(part);
          for (const id of part) assetIds.push(id);
        }
      } finally {
        if (assetIds.length > 0) this.#remember({ kind: 'bin', assetIds });
      }
    });
  }

  /** Takes back the last step of this page, or the studio's newest verdicts where this page has none. */
  undo(): Promise<Replayed> {
    return this.#enqueue(async () => {
      const step = this.#past.at(-1);
      if (step?.kind === 'bin') {
        await inParts(step.assetIds, (part) => this.#writes.restore(part));
        this.#move(this.#past, this.#future);
        return { kind: 'restored', assetIds: step.assetIds };
      }
      const assets = await this.#replay(() => this.#writes.undo(), step?.groups ?? 1);
      if (step !== undefined) this.#move(this.#past, this.#future);
      else this.#future.push({ kind: 'decision', groups: 1 });
      return { kind: 'decided', assets };
    });
  }

  redo(): Promise<Replayed> {
    return this.#enqueue(async () => {
      const step = this.#future.at(-1);
      if (step?.kind === 'bin') {
        await inParts(step.assetIds, (part) => this.#writes.bin(part));
        this.#move(this.#future, this.#past);
        return { kind: 'binned', assetIds: step.assetIds };
      }
      const assets = await this.#replay(() => this.#writes.redo(), step?.groups ?? 1);
      if (step !== undefined) this.#move(this.#future, this.#past);
      else this.#past.push({ kind: 'decision', groups: 1 });
      return { kind: 'decided', assets };
    });
  }

  async #replay(call: () => Promise<{ assets: readonly AssetSummary[] }>, groups: number): Promise<AssetSummary[]> {
    const changed: AssetSummary[] = [];
    for (let group = 0; group < groups; group += 1) {
      const { assets } = await call();
      this.#cache.put(assets);
      changed.push(...assets);
    }
    return changed;
  }

  #remember(step: Step): void {
    this.#past.push(step);
    this.#future = [];
  }

  #move(from: Step[], to: Step[]): void {
    const step = from.pop();
    if (step !== undefined) to.push(step);
  }

  #enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#tail.then(work);
    // The caller of each step handles its failure; the queue itself goes on.
    this.#tail = result.catch(() => undefined);
    return result;
  }
}

/** The most assets of one call. */
const MAX_PART = 10_000;

async function inParts(assetIds: AssetId[], write: (part: AssetId[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < assetIds.length; start += MAX_PART) await write(assetIds.slice(start, start + MAX_PART));
}
