import { z } from 'zod';
import { reviewStatusSchema, standingVerdictSchema } from '../../contract/asset.ts';
import type { StandingVerdict } from '../../contract/asset.ts';
import type { VerdictRule } from '../../contract/review.ts';
import { roleSchema } from '../../contract/role.ts';
import { deriveStatus } from '../../domain/review/derive-status.ts';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn } from '../database/row-columns.ts';

/** What people say of assets and have not taken back, and what follows from it. */

export type Axis = 'flag' | 'stars' | 'status';

/** What an asset says on an axis before anybody has decided. */
const untouched: Readonly<Record<Axis, string>> = { flag: 'none', stars: '0', status: 'unreviewed' };

const standingRow = z.object({
  assetSequence: countColumn,
  reviewer: z.string(),
  value: z.string(),
  place: countColumn,
  role: roleSchema,
});
type Standing = z.output<typeof standingRow>;

/** A decision counts from its newest redo; what undo took back last does not. Words of older libraries that are nobody's signed with what producers may do. */
const standingColumns = `verdicts.asset_sequence AS assetSequence, decision.reviewer, value_after AS value, ifnull(persons.role, 'producer') AS role,
  ifnull((SELECT max(sequence) FROM review_groups WHERE root = decision.sequence), decision.sequence) AS place`;
const isStanding = `decision.kind = 'decide'
  AND (SELECT kind FROM review_groups WHERE root = decision.sequence ORDER BY sequence DESC LIMIT 1) IS NOT 'undo'`;
const joinPersons = 'LEFT JOIN persons ON persons.id = decision.reviewer';
const selectOfAssets = `
SELECT ${standingColumns} FROM json_each(?) AS wanted CROSS JOIN verdicts ON verdicts.asset_sequence = wanted.value
  JOIN review_groups AS decision ON decision.sequence = group_sequence ${joinPersons} WHERE decision.axis = ? AND ${isStanding}`;
const selectOfStatus = `
SELECT ${standingColumns} FROM verdicts JOIN review_groups AS decision ON decision.sequence = group_sequence ${joinPersons}
WHERE decision.axis = 'status' AND ${isStanding}`;

const selectOfAsset = `
SELECT decision.axis, decision.reason, decision.reviewer, value_after AS value, created_at_ms AS createdAtMs,
  ifnull((SELECT max(sequence) FROM review_groups WHERE root = decision.sequence), decision.sequence) AS place
FROM verdicts JOIN review_groups AS decision ON decision.sequence = group_sequence WHERE asset_sequence = ? AND ${isStanding} ORDER BY place DESC`;

/** What everybody says of an asset, newest first. */
export function listStanding(database: LibraryDatabase, assetSequence: number): StandingVerdict[] {
  const seen = new Set<string>();
  return database
    .all(standingVerdictSchema.extend({ place: countColumn }), selectOfAsset, assetSequence)
    .filter(({ axis, reviewer }) => {
      const key = `${axis} ${reviewer}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .map(({ place: _place, ...verdict }) => verdict);
}

/** By asset, the newest of each person. */
function newestByPerson(rows: readonly Standing[]): Map<number, Map<string, Standing>> {
  const found = new Map<number, Map<string, Standing>>();
  for (const row of rows) {
    const ofAsset = found.get(row.assetSequence) ?? new Map<string, Standing>();
    found.set(row.assetSequence, ofAsset);
    const known = ofAsset.get(row.reviewer);
    if (known === undefined || known.place < row.place) ofAsset.set(row.reviewer, row);
  }
  return found;
}

/** What one person says of each of these assets; what they say nothing of counts as untouched. */
export function listOwnValues(
  database: LibraryDatabase,
  assetSequences: readonly number[],
  axis: Axis,
  reviewer: string,
): (assetSequence: number) => string {
  if (assetSequences.length === 0) return () => untouched[axis];
  const standing = newestByPerson(
    database
      .all(standingRow, selectOfAssets, JSON.stringify(assetSequences), axis)
      .filter((row) => row.reviewer === reviewer),
  );
  return (assetSequence) => standing.get(assetSequence)?.get(reviewer)?.value ?? untouched[axis];
}

/** What these assets are to say on an axis, given what everybody says: the status by the rule, the others by the newest. */
export function deriveValues(
  database: LibraryDatabase,
  assetSequences: readonly number[],
  axis: Axis,
  rule: VerdictRule,
): Map<number, string> {
  const standing = newestByPerson(database.all(standingRow, selectOfAssets, JSON.stringify(assetSequences), axis));
  return new Map(
    assetSequences.map((sequence) => [
      sequence,
      deriveValue([...(standing.get(sequence)?.values() ?? [])], axis, rule),
    ]),
  );
}

/** The same for the status of every asset that anybody decided on. */
export function deriveEveryStatus(database: LibraryDatabase, rule: VerdictRule): Map<number, string> {
  const standing = newestByPerson(database.all(standingRow, selectOfStatus));
  return new Map([...standing].map(([sequence, own]) => [sequence, deriveValue([...own.values()], 'status', rule)]));
}

function deriveValue(standing: readonly Standing[], axis: Axis, rule: VerdictRule): string {
  if (axis === 'status')
    return deriveStatus(
      rule,
      standing.map(({ value, role, place }) => ({ value: reviewStatusSchema.parse(value), role, place })),
    );
  const newest = standing.toSorted((left, right) => right.place - left.place)[0];
  return newest?.value ?? untouched[axis];
}
