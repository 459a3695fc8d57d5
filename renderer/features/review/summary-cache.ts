import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { AssetId, BrandVersionId } from '../../../electron/contract/identifiers.ts';
import { applyPending } from './decisions.ts';
import type { PendingDecision } from './decisions.ts';

/** The most ids that one `asset.summaries` call takes. */
const MAX_PER_CALL = 500;
/** Two calls at a time keep a fast scroll from queueing up windows that nobody looks at any more. */
const MAX_CALLS = 2;
/** Summaries kept for scrolling back; about 1 KiB each. */
const MAX_KEPT = 30_000;

type LoadSummaries = (assetIds: AssetId[], judgedAgainst: BrandVersionId | null) => Promise<readonly AssetSummary[]>;

/**
 * What the grid knows of its assets: the studio's word, loaded for the visible window only, with unanswered decisions on top. A tile
 * subscribes to its own asset, so that a decision draws one tile again and not the grid.
 */
export class SummaryCache {
  readonly #load: LoadSummaries;
  readonly #onError: (error: unknown) => void;
  readonly #known = new Map<AssetId, AssetSummary>();
  readonly #shown = new Map<AssetId, AssetSummary>();
  readonly #gone = new Set<AssetId>();
  readonly #revisions = new Map<AssetId, number>();
  readonly #loading = new Set<AssetId>();
  readonly #listeners = new Map<AssetId, Set<() => void>>();
  #wanted: readonly AssetId[] = [];
  #pending: (PendingDecision & { readonly redrawn: Set<AssetId> })[] = [];
  #judgedAgainst: BrandVersionId | null = null;
  #calls = 0;

  constructor(load: LoadSummaries, onError: (error: unknown) => void) {
    this.#load = load;
    this.#onError = onError;
  }

  /** What to show of an asset; undefined until it is loaded. The same object until something changes. */
  get(id: AssetId): AssetSummary | undefined {
    return this.#shown.get(id);
  }

  isGone(id: AssetId): boolean {
    return this.#gone.has(id);
  }

  subscribe(id: AssetId, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(id);
    };
  }

  /** The brand version whose scores are shown; null is the one that each was made under. Scores against another version are loaded again. */
  judge(judgedAgainst: BrandVersionId | null): void {
    if (judgedAgainst === this.#judgedAgainst) return;
    this.#judgedAgainst = judgedAgainst;
    this.#known.clear();
    this.#shown.clear();
    this.#loading.clear();
    for (const listeners of this.#listeners.values()) for (const listener of listeners) listener();
    this.#pump();
  }

  /** Names the visible window, nearest first. It replaces the window before: what was not asked for by then is dropped. */
  want(ids: readonly AssetId[]): void {
    this.#wanted = ids;
    this.#pump();
  }

  /** Names a few assets that are shown besides the window: in the loupe, its strip, a comparison. */
  wantAlso(ids: readonly AssetId[]): void {
    const missing = ids.filter((id) => !this.#isSettled(id));
    if (missing.length === 0) return;
    this.#wanted = [...missing, ...this.#wanted.filter((id) => !missing.includes(id))];
    this.#pump();
  }

  /** Takes note that assets changed: those in sight are loaded again, the others when somebody looks at them. */
  refresh(ids: readonly AssetId[]): void {
    const stale = ids.filter((id) => this.#listeners.has(id));
    for (const id of ids) {
      this.#gone.delete(id);
      if (this.#listeners.has(id)) continue;
      this.#known.delete(id);
      this.#shown.delete(id);
    }
    for (let start = 0; start < stale.length; start += MAX_PER_CALL)
      void this.#call(stale.slice(start, start + MAX_PER_CALL));
  }

  /** The studio's newest word. An answer to an earlier question about these assets no longer counts. */
  put(summaries: readonly AssetSummary[]): void {
    for (const summary of summaries) {
      this.#revisions.set(summary.id, (this.#revisions.get(summary.id) ?? 0) + 1);
      this.#gone.delete(summary.id);
      if (this.#judgedAgainst === null) this.#keep(summary);
      else this.#keepReviewed(summary);
    }
  }

  /** What came with a list, by the scores of the version that is judged by. An answer to an earlier question about these assets no longer counts. */
  receive(summaries: readonly AssetSummary[], judgedAgainst: BrandVersionId | null): void {
    if (judgedAgainst !== this.#judgedAgainst) return;
    for (const summary of summaries) {
      this.#revisions.set(summary.id, (this.#revisions.get(summary.id) ?? 0) + 1);
      this.#gone.delete(summary.id);
      this.#keep(summary);
    }
  }

  /** An answer to a decision brings the scores against the version of the making; those on the screen stay. */
  #keepReviewed(summary: AssetSummary): void {
    const known = this.#known.get(summary.id);
    if (known === undefined) return;
    const { compliant, failedChecks, judgedBy } = known;
    this.#keep({ ...summary, compliant, failedChecks, judgedBy });
  }

  addPending(pending: PendingDecision): void {
    this.#pending = [...this.#pending, { ...pending, redrawn: new Set() }];
    for (const id of pending.targets.shown) this.#redraw(id);
  }

  /** Ends a pending decision: after its answer was put, or as its rollback. */
  dropPending(ticket: number): void {
    const dropped = this.#pending.find((pending) => pending.ticket === ticket);
    if (dropped === undefined) return;
    this.#pending = this.#pending.filter((pending) => pending !== dropped);
    for (const id of dropped.redrawn) this.#redraw(id);
  }

  #isSettled(id: AssetId): boolean {
    return this.#loading.has(id) || this.#known.has(id) || this.#gone.has(id);
  }

  #pump(): void {
    while (this.#calls < MAX_CALLS) {
      const ids = this.#wanted.filter((id) => !this.#isSettled(id)).slice(0, MAX_PER_CALL);
      if (ids.length === 0) return;
      void this.#call(ids);
    }
  }

  async #call(ids: AssetId[]): Promise<void> {
    const judgedAgainst = this.#judgedAgainst;
    const asked = new Map(ids.map((id) => [id, this.#revisions.get(id) ?? 0]));
    this.#calls += 1;
    for (const id of ids) this.#loading.add(id);
    try {
      const answer = new Map((await this.#load(ids, judgedAgainst)).map((summary) => [summary.id, summary]));
      if (judgedAgainst !== this.#judgedAgainst) return;
      for (const id of ids) {
        if ((this.#revisions.get(id) ?? 0) !== asked.get(id)) continue;
        const summary = answer.get(id);
        if (summary !== undefined) {
          this.#gone.delete(id);
          this.#keep(summary);
        } else {
          this.#gone.add(id);
          this.#known.delete(id);
          this.#redraw(id);
        }
      }
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#calls -= 1;
      if (judgedAgainst === this.#judgedAgainst) for (const id of ids) this.#loading.delete(id);
      this.#pump();
    }
  }

  #keep(summary: AssetSummary): void {
    this.#known.delete(summary.id);
    this.#known.set(summary.id, summary);
    this.#redraw(summary.id);
    if (this.#known.size <= MAX_KEPT) return;
    for (const id of this.#known.keys()) {
      if (this.#known.size <= MAX_KEPT) return;
      if (this.#listeners.has(id)) continue;
      this.#known.delete(id);
      this.#shown.delete(id);
    }
  }

  #redraw(id: AssetId): void {
    const known = this.#known.get(id);
    for (const pending of this.#pending) if (pending.targets.has(id)) pending.redrawn.add(id);
    if (known === undefined) this.#shown.delete(id);
    else this.#shown.set(id, applyPending(known, this.#pending));
    for (const listener of this.#listeners.get(id) ?? []) listener();
  }
}
