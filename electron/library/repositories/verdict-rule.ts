import { z } from 'zod';
import { usualRule, verdictRuleSchema } from '../../contract/review.ts';
import type { VerdictRule } from '../../contract/review.ts';
import { countColumn } from '../database/row-columns.ts';
import type { RepositoryContext } from './repository-context.ts';
import type { SettingRepository } from './setting-repository.ts';
import { deriveEveryStatus } from './standing-verdicts.ts';

/** How the status of assets follows from the verdicts of several people, as a setting of the library. */

const RULE_SETTING = 'verdictRule';

/** What stands in the setting; the newest word where nothing does. */
export function readRule(settings: Pick<SettingRepository, 'get'>): VerdictRule {
  return verdictRuleSchema.safeParse(settings.get(RULE_SETTING)).data ?? usualRule;
}

const changedRow = z.object({ sequence: countColumn });
const updateStatuses = `
UPDATE assets SET status = value ->> 1 FROM json_each(?) WHERE assets.sequence = value ->> 0 AND status <> value ->> 1 RETURNING assets.sequence`;

/** Derives the status of every asset anew, inside `write`. @returns how many changed */
export function applyRule({ database, assetIndex }: RepositoryContext, rule: VerdictRule): number {
  const values = JSON.stringify([...deriveEveryStatus(database, rule)]);
  const changed = database.all(changedRow, updateStatuses, values).map(({ sequence }) => sequence);
  assetIndex.touch(changed);
  return changed.length;
}

/** The same after roles have changed, where the rule looks at them. */
export function applyRoles(context: RepositoryContext, settings: Pick<SettingRepository, 'get'>): void {
  const rule = readRule(settings);
  if (rule.kind === 'role') applyRule(context, rule);
}

/** Inside `write`. @returns how many assets have another status now */
export function changeRule(context: RepositoryContext, settings: SettingRepository, rule: VerdictRule): number {
  settings.set(RULE_SETTING, rule);
  const changed = applyRule(context, rule);
  context.database.note('review.ruleChanged', [rule.kind], { detail: describeRule(rule) });
  return changed;
}

function describeRule({ kind, ...rest }: VerdictRule): Record<string, string> {
  return { kind, ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)])) };
}
