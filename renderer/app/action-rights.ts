import type { ProcedureName } from '../rpc/rights.ts';

/** What actions end in, by their id, where not everybody may do it. Keys and palette pass over what the present person may not do. */
const procedures: readonly (readonly [id: RegExp, procedure: ProcedureName])[] = [
  [/^review\.(pick|rejectFlag|unflag|approve|reject|redo|stars\d)(\.advance)?$/, 'review.decide'],
  [/^review\.(undo|redoStep)$/, 'review.undo'],
  [/^review\.bin$/, 'asset.bin'],
  [/^review\.vary$/, 'plan.vary'],
  [/^review\.export$/, 'delivery.export'],
  [/^produce\.(start|missing|redoCell|redoRow|redoColumn)$/, 'batch.start'],
  [/^produce\.updateWords$/, 'batch.updateWords'],
  [/^produce\.(pause|resume|stop|retryFailed)$/, 'run.pause'],
  [/^activity\.(pause|stop|retry)$/, 'run.pause'],
  [/^ideate\.(run|stop|replace)$/, 'ideation.run'],
  [/^ideate\.(choose|chooseAll)$/, 'ideation.choose'],
  [/^ideate\.edit$/, 'ideation.edit'],
  [/^ideate\.bin$/, 'ideation.bin'],
  [/^ideate\.saveBrief$/, 'brief.update'],
  [/^library\.(newBrief|importBrief)$/, 'brief.create'],
  [/^brand\.(save|import)$/, 'brand.saveVersion'],
  [/^compliance\.rescore$/, 'scoring.start'],
  [/^models\.add$/, 'model.import'],
  [/^settings\.invite$/, 'people.invite'],
];

export function procedureOf(actionId: string): ProcedureName | null {
  return procedures.find(([id]) => id.test(actionId))?.[1] ?? null;
}
