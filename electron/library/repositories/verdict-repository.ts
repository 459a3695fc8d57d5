import { z } from 'zod';
import type { AssetSummary } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import { assetIdSchema, verdictIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, VerdictId } from '../../contract/identifiers.ts';
import type { Decision } from '../../contract/review.ts';
import { countColumn } from '../database/row-columns.ts';
import type { AssetRepository } from './asset-repository.ts';
import { notFound } from './repository-context.ts';
import { dropRetakes, noRetakes, queueRetakes } from './remake-jobs.ts';
import type { RetakeChange } from './remake-jobs.ts';
import type { RepositoryContext } from './repository-context.ts';

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
  /** Takes that were queued or taken back with it. */
  readonly retakes: RetakeChange;
};

/** Append-only: the database itself refuses to change or delete a verdict outside of emptying the bin. */
export type VerdictRepository = {
  /** One verdict for each asset whose value changes; all or none. When nothing changes no group is written, so that undo keeps its place. @throws asset.notFound */
  decide(decision: NewDecision): Decided;
  /** Takes back this reviewer's newest group that stands. @throws review.nothingToUndo */
  undo(reviewer: string): Decided;
  /** Takes back this reviewer's newest undo, unless they decided something since. @throws review.nothingToUndo */
  redo(reviewer: string): Decided;
};

const axisSchema = z.enum(['flag', 'stars', 'status']);
type Axis = z.infer<typeof axisSchema>;

const targetRow = z.object({ sequence: countColumn, id: assetIdSchema, current: z.string() });
const groupRow = z.object({ sequence: countColumn, id: verdictIdSchema, root: countColumn, axis: axisSchema });
const oldVerdictRow = z.object({
  assetSequence: countColumn,
  assetId: assetIdSchema,
  before: z.string(),
  after: z.string(),
});

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
SELECT asset_sequence AS assetSequence, assets.id AS assetId, value_before AS before, value_after AS after
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

type Change = { readonly assetSequence: number; readonly value: string };

export function createVerdictRepository(
  context: RepositoryContext,
  assets: Pick<AssetRepository, 'summaries'>,
): VerdictRepository {
  const { database, newId } = context;
  function takeBack(kind: 'undo' | 'redo', reviewer: string): Decided {
    return database.write(() => {
      const found =
        kind === 'undo'
          ? database.find(groupRow, selectStanding, reviewer)
          : database.find(groupRow, selectUndone, reviewer, reviewer);
      if (found === null) {
        throw new StudioError('review.nothingToUndo', `There is nothing to ${kind}.`, {});
      }
      const old = database.all(oldVerdictRow, selectOldVerdicts, found.root);
      const changes = old.map(({ assetSequence, before, after }) => ({
        assetSequence,
        value: kind === 'undo' ? before : after,
      }));
      const { id: group } = writeGroup(
        context,
        { kind, axis: found.axis, reviewer, reason: '', takesBack: found.sequence, root: found.root },
        changes,
      );
      database.note(
        kind === 'undo' ? 'verdict.undone' : 'verdict.redone',
        old.map(({ assetId }) => assetId),
        { by: reviewer, cause: group, detail: { axis: found.axis, takesBack: found.id } },
      );
      const asked = old.filter(({ after }) => isRedo(found.axis, after)).map(({ assetSequence }) => assetSequence);
      const retakes =
        asked.length === 0
          ? noRetakes
          : kind === 'undo'
            ? dropRetakes(context, found.root)
            : queueRetakes(context, asked, found.root);
      return { group, assets: assets.summaries(old.map(({ assetId }) => assetId)), retakes };
    });
  }
  return {
    decide: ({ assetIds, decision, reason, reviewer }) =>
      database.write(() => {
        const value = String(decision.value);
        const targets = findTargets(context, assetIds, decision.axis);
        const changed = targets.filter(({ current }) => current !== value);
        const changes = changed.map(({ sequence }) => ({ assetSequence: sequence, value }));
        const written =
          changes.length === 0
            ? null
            : writeGroup(
                context,
                { kind: 'decide', axis: decision.axis, reviewer, reason, takesBack: null, root: null },
                changes,
              );
        if (written !== null) {
          database.note(
            'verdict.given',
            changed.map(({ id }) => id),
            { by: reviewer, cause: written.id, detail: { axis: decision.axis, value, reason } },
          );
        }
        return {
          group: written?.id ?? verdictIdSchema.parse(newId()),
          assets: assets.summaries(targets.map(({ id }) => id)),
          retakes:
            written !== null && isRedo(decision.axis, value)
              ? queueRetakes(
                  context,
                  changes.map(({ assetSequence }) => assetSequence),
                  written.sequence,
                )
              : noRetakes,
        };
      }),
    undo: (reviewer) => takeBack('undo', reviewer),
    redo: (reviewer) => takeBack('redo', reviewer),
  };
}

/** Each named asset once, in the order named. @throws asset.notFound for unknown and binned ones */
function findTargets(
  { database }: RepositoryContext,
  assetIds: readonly AssetId[],
  axis: Axis,
): z.output<typeof targetRow>[] {
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

/** Writes the group with a verdict for each change that is one, and carries the values over to the review columns that the grid filters by. */
function writeGroup(
  { database, clock, newId, assetIndex }: RepositoryContext,
  group: NewGroup,
  changes: readonly Change[],
): { readonly id: VerdictId; readonly sequence: number } {
  const groupId = verdictIdSchema.parse(newId());
  const groupSequence = database.insert(
    'INSERT INTO review_groups (id, kind, axis, reviewer, reason, takes_back, root, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    groupId,
    group.kind,
    group.axis,
    group.reviewer,
    group.reason,
    group.takesBack,
    group.root,
    clock.nowMs(),
  );
  const rows = JSON.stringify(
    changes.map(({ assetSequence, value }) => [assetSequence, verdictIdSchema.parse(newId()), value]),
  );
  database.run(
    `INSERT INTO verdicts (id, group_sequence, asset_sequence, value_before, value_after)
     SELECT value ->> 1, ?, assets.sequence, CAST(${group.axis} AS TEXT), value ->> 2
     FROM json_each(?) AS wanted CROSS JOIN assets ON assets.sequence = value ->> 0 WHERE CAST(${group.axis} AS TEXT) <> value ->> 2 ORDER BY wanted.key`,
    groupSequence,
    rows,
  );
  database.run(
    `UPDATE assets SET ${group.axis} = value_after FROM verdicts WHERE group_sequence = ? AND asset_sequence = assets.sequence`,
    groupSequence,
  );
  assetIndex.touch(changes.map(({ assetSequence }) => assetSequence));
  return { id: groupId, sequence: groupSequence };
}
