import { z } from 'zod';
import type { AssetSummary } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import { assetIdSchema, verdictIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, VerdictId } from '../../contract/identifiers.ts';
import type { Decision, VerdictRule } from '../../contract/review.ts';
import { countColumn } from '../database/row-columns.ts';
import type { AssetRepository } from './asset-repository.ts';
import { notFound } from './repository-context.ts';
import { dropRetakes, noRetakes, queueRetakes } from './remake-jobs.ts';
import type { RetakeChange } from './remake-jobs.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { SettingRepository } from './setting-repository.ts';
import { deriveValues, listOwnValues } from './standing-verdicts.ts';
import type { Axis } from './standing-verdicts.ts';
import { changeRule, readRule } from './verdict-rule.ts';

export type NewDecision = {
  readonly assetIds: readonly AssetId[];
  readonly decision: Decision;
  readonly reason: string;
  readonly reviewer: string;
};

/** `assets` are the summaries after the change. A picture that is to be redone gets another take in the same transaction; undo takes back those not made yet. */
export type Decided = {
  readonly group: VerdictId;
  readonly assets: AssetSummary[];
  /** False where nothing was said that this person had not said before. */
  readonly isWritten: boolean;
  /** Takes that were queued or taken back with it. */
  readonly retakes: RetakeChange;
};

/** Append-only: the database itself refuses to change or delete a verdict outside of emptying the bin. */
export type VerdictRepository = {
  /**
   * One verdict for each asset of which this person says something new, also where they agree with what others have said; all or none. When nothing is new
   * no group is written, so that undo keeps its place. @throws asset.notFound
   */
  decide(decision: NewDecision): Decided;
  /** Takes back this reviewer's newest group that stands; what others say counts as if it had not been. @throws review.nothingToUndo */
  undo(reviewer: string): Decided;
  /** Takes back this reviewer's newest undo, unless they decided something since. @throws review.nothingToUndo */
  redo(reviewer: string): Decided;
  /** How the status follows from the verdicts of several people. */
  rule(): VerdictRule;
  /** Derives the status of every asset anew. @returns how many changed */
  setRule(rule: VerdictRule): number;
};

const axisSchema = z.enum(['flag', 'stars', 'status']);

const importedRow = z.object({ id: assetIdSchema, name: z.string() });
const targetRow = z.object({ sequence: countColumn, id: assetIdSchema, current: z.string() });
const groupRow = z.object({ sequence: countColumn, id: verdictIdSchema, root: countColumn, axis: axisSchema });
const oldVerdictRow = z.object({
  assetSequence: countColumn,
  assetId: assetIdSchema,
  after: z.string(),
  flag: z.string(),
  stars: z.string(),
  status: z.string(),
});
type Target = z.output<typeof targetRow>;
/** `before`: what the verdict changes, for its history: the mark, or this person's own word where the mark says the same already. */
type NewsOf = Target & { readonly before: string };

/**
 * The newest group that may be taken back. NOT INDEXED walks backwards from the newest and stops at once, where an index would make SQLite look at
 * every group of the reviewer and sort them. A group all of whose assets left through the bin is passed over.
 */
const selectStanding = `
SELECT sequence, id, ifnull(root, sequence) AS root, axis FROM review_groups AS standing NOT INDEXED
WHERE reviewer = ? AND kind IN ('decide', 'redo') AND NOT EXISTS (SELECT 1 FROM review_groups WHERE takes_back = standing.sequence)
  AND EXISTS (SELECT 1 FROM verdicts WHERE group_sequence = ifnull(standing.root, standing.sequence))
ORDER BY sequence DESC LIMIT 1`;
const selectUndone = `
SELECT sequence, id, root, axis FROM review_groups AS undone NOT INDEXED
WHERE reviewer = ? AND kind = 'undo' AND NOT EXISTS (SELECT 1 FROM review_groups WHERE takes_back = undone.sequence)
  AND sequence > ifnull((SELECT max(sequence) FROM review_groups WHERE reviewer = ? AND kind = 'decide'), 0)
  AND EXISTS (SELECT 1 FROM verdicts WHERE group_sequence = undone.root)
ORDER BY sequence DESC LIMIT 1`;
const selectOldVerdicts = `
SELECT asset_sequence AS assetSequence, assets.id AS assetId, value_after AS after, flag, CAST(stars AS TEXT) AS stars, status
FROM verdicts JOIN assets ON assets.sequence = asset_sequence WHERE group_sequence = ? ORDER BY verdicts.sequence`;

type NewGroup = {
  readonly kind: 'decide' | 'undo' | 'redo';
  readonly axis: Axis;
  readonly reviewer: string;
  readonly reason: string;
  readonly takesBack: number | null;
  readonly root: number | null;
};
function isRedo(axis: Axis, value: string): boolean {
  return axis === 'status' && value === 'redo';
}

type Change = { readonly assetSequence: number; readonly before: string; readonly after: string };

export function createVerdictRepository(
  context: RepositoryContext,
  assets: Pick<AssetRepository, 'summaries'>,
  settings: SettingRepository,
): VerdictRepository {
  const { database, newId } = context;
  const rule = () => readRule(settings);
  /** Whether what is said last counts, so that nobody has to look at what others said. */
  const countsNewest = (axis: Axis) => axis !== 'status' || rule().kind === 'newest';

  function takeBack(kind: 'undo' | 'redo', reviewer: string): Decided {
    return database.write(() => {
      const found =
        kind === 'undo'
          ? database.find(groupRow, selectStanding, reviewer)
          : database.find(groupRow, selectUndone, reviewer, reviewer);
      if (found === null) {
        throw new StudioError('review.nothingToUndo', `There is nothing to ${kind}.`, {});
      }
      const { axis, root } = found;
      const old = database.all(oldVerdictRow, selectOldVerdicts, root);
      const written = writeGroup(context, { kind, axis, reviewer, reason: '', takesBack: found.sequence, root });
      const values = deriveValues(
        database,
        old.map(({ assetSequence }) => assetSequence),
        axis,
        rule(),
      );
      const changes = old.map(({ assetSequence, [axis]: current }) => ({
        assetSequence,
        before: current,
        after: values.get(assetSequence) ?? current,
      }));
      writeVerdicts(context, written.sequence, changes);
      setMarks(context, axis, changes);
      database.note(
        kind === 'undo' ? 'verdict.undone' : 'verdict.redone',
        old.map(({ assetId }) => assetId),
        { by: reviewer, cause: written.id, detail: { axis, takesBack: found.id } },
      );
      const retakes =
        kind === 'redo'
          ? queueAsked(axis, changes, root)
          : old.some(({ after }) => isRedo(axis, after))
            ? dropRetakes(context, root)
            : noRetakes;
      return {
        group: written.id,
        assets: assets.summaries(old.map(({ assetId }) => assetId)),
        isWritten: true,
        retakes,
      };
    });
  }

  /** Another take for what is to be redone now and was not before. */
  function queueAsked(axis: Axis, changes: readonly Change[], decision: number): RetakeChange {
    const asked = changes.filter(({ before, after }) => before !== after && isRedo(axis, after));
    if (asked.length === 0) return noRetakes;
    return queueRetakes(
      context,
      asked.map(({ assetSequence }) => assetSequence),
      decision,
    );
  }

  /** What this person says that they have not said before. Only where their word alone is not the status, or is it already, their own word is looked up. */
  function findNews(targets: readonly Target[], axis: Axis, value: string, reviewer: string): NewsOf[] {
    const isAlone = (target: Target) => countsNewest(axis) && target.current !== value;
    const ownOf = listOwnValues(
      database,
      targets.filter((target) => !isAlone(target)).map(({ sequence }) => sequence),
      axis,
      reviewer,
    );
    return targets.flatMap((target) => {
      const own = isAlone(target) ? null : ownOf(target.sequence);
      if (own === value) return [];
      return [{ ...target, before: target.current === value ? (own ?? target.current) : target.current }];
    });
  }

  return {
    rule,
    setRule: (wanted) => database.write(() => changeRule(context, settings, wanted)),
    decide: ({ assetIds, decision, reason, reviewer }) =>
      database.write(() => {
        const { axis } = decision;
        const value = String(decision.value);
        const targets = findTargets(context, assetIds, axis);
        if (isRedo(axis, value)) assertMade(context, targets);
        const news = findNews(targets, axis, value, reviewer);
        const summarise = () => assets.summaries(targets.map(({ id }) => id));
        if (news.length === 0) {
          const group = verdictIdSchema.parse(newId());
          return { group, assets: summarise(), isWritten: false, retakes: noRetakes };
        }
        const written = writeGroup(context, { kind: 'decide', axis, reviewer, reason, takesBack: null, root: null });
        writeVerdicts(
          context,
          written.sequence,
          news.map(({ sequence, before }) => ({ assetSequence: sequence, before, after: value })),
        );
        const sequences = news.map(({ sequence }) => sequence);
        const values = countsNewest(axis) ? null : deriveValues(database, sequences, axis, rule());
        const changes = news.map(({ sequence, current }) => ({
          assetSequence: sequence,
          before: current,
          after: values === null ? value : (values.get(sequence) ?? current),
        }));
        setMarks(context, axis, changes);
        database.note(
          'verdict.given',
          news.map(({ id }) => id),
          { by: reviewer, cause: written.id, detail: { axis, value, reason } },
        );
        const retakes = queueAsked(axis, changes, written.sequence);
        return { group: written.id, assets: summarise(), isWritten: true, retakes };
      }),
    undo: (reviewer) => takeBack('undo', reviewer),
    redo: (reviewer) => takeBack('redo', reviewer),
  };
}

/** What no plan made cannot be made again. @throws asset.notMade */
function assertMade({ database }: RepositoryContext, targets: readonly z.output<typeof targetRow>[]): void {
  const imported = database.find(
    importedRow,
    "SELECT assets.id, headline AS name FROM json_each(?) AS wanted CROSS JOIN assets ON assets.sequence = wanted.value WHERE origin = 'imported' LIMIT 1",
    JSON.stringify(targets.map(({ sequence }) => sequence)),
  );
  if (imported === null) return;
  throw new StudioError(
    'asset.notMade',
    `"${imported.name}" is an imported file: it has no recipe and no plan.`,
    imported,
  );
}

/** Each named asset once, in the order named. @throws asset.notFound for unknown and binned ones */
function findTargets({ database }: RepositoryContext, assetIds: readonly AssetId[], axis: Axis): Target[] {
  const unique = [...new Set(assetIds)];
  const targets = database.all(
    targetRow,
    `SELECT assets.sequence, assets.id, CAST(${axis} AS TEXT) AS current FROM json_each(?) AS wanted CROSS JOIN assets ON assets.id = wanted.value WHERE binned_at_ms IS NULL ORDER BY wanted.key`,
    JSON.stringify(unique),
  );
  if (targets.length < unique.length) {
    const found = new Set(targets.map(({ id }) => id));
    throw notFound('asset.notFound', unique.find((id) => !found.has(id)) ?? '');
  }
  return targets;
}

function writeGroup(
  { database, clock, newId }: RepositoryContext,
  group: NewGroup,
): { readonly id: VerdictId; readonly sequence: number } {
  const id = verdictIdSchema.parse(newId());
  const sequence = database.insert(
    'INSERT INTO review_groups (id, kind, axis, reviewer, reason, takes_back, root, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    group.kind,
    group.axis,
    group.reviewer,
    group.reason,
    group.takesBack,
    group.root,
    clock.nowMs(),
  );
  return { id, sequence };
}

/** One row for each change that is one. */
function writeVerdicts(
  { database, newId }: RepositoryContext,
  groupSequence: number,
  changes: readonly Change[],
): void {
  const rows = changes
    .filter(({ before, after }) => before !== after)
    .map(({ assetSequence, before, after }) => [verdictIdSchema.parse(newId()), assetSequence, before, after]);
  database.run(
    `INSERT INTO verdicts (id, group_sequence, asset_sequence, value_before, value_after)
     SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) AS wanted ORDER BY wanted.key`,
    groupSequence,
    JSON.stringify(rows),
  );
}

/** Carries values over to the review columns that the grid filters by. */
function setMarks({ database, assetIndex }: RepositoryContext, axis: Axis, changes: readonly Change[]): void {
  const changed = changes.filter(({ before, after }) => before !== after);
  database.run(
    `UPDATE assets SET ${axis} = value ->> 1 FROM json_each(?) WHERE assets.sequence = value ->> 0`,
    JSON.stringify(changed.map(({ assetSequence, after }) => [assetSequence, after])),
  );
  assetIndex.touch(changed.map(({ assetSequence }) => assetSequence));
}
