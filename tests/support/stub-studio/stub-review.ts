import { implement } from '@orpc/server';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { verdictIdSchema } from '../../../electron/contract/identifiers.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import { usualRule } from '../../../electron/contract/review.ts';
import type { Decision } from '../../../electron/contract/review.ts';
import type { Tell } from './stub-events.ts';
import type { StubLibrary } from './stub-library.ts';

interface UndoStep {
  before: Map<AssetId, Decision>;
  after: Map<AssetId, Decision>;
}

/** Decisions of one person, and the way back. */
export function createReviewHandlers(library: StubLibrary, tell: Tell, summary: (id: AssetId) => AssetSummary[]) {
  const os = implement(studioContract).review;
  const undone: UndoStep[] = [];
  const done: UndoStep[] = [];
  const valueOf = (id: AssetId, axis: Decision['axis']): Decision | null => {
    const asset = library.assets.get(id);
    if (!asset) return null;
    if (axis === 'flag') return { axis, value: asset.flag };
    if (axis === 'stars') return { axis, value: asset.stars };
    return { axis, value: asset.status };
  };
  function apply(values: Map<AssetId, Decision>) {
    for (const [id, decision] of values) {
      const asset = library.assets.get(id);
      if (!asset) continue;
      if (decision.axis === 'flag') asset.flag = decision.value;
      else if (decision.axis === 'stars') asset.stars = decision.value;
      else asset.status = decision.value;
    }
    const ids = [...values.keys()];
    tell('verdict.given', ids);
    return { group: verdictIdSchema.parse(library.newId()), assets: ids.flatMap(summary), isWritten: true };
  }
  let rule = usualRule;
  return {
    rule: os.rule.handler(() => rule),
    setRule: os.setRule.handler(({ input }) => {
      rule = input.rule;
      tell('review.ruleChanged', [rule.kind]);
      return { changed: 0 };
    }),
    decide: os.decide.handler(({ input }) => {
      const before = new Map(
        input.assetIds.flatMap((id) => {
          const value = valueOf(id, input.decision.axis);
          return value ? [[id, value] as const] : [];
        }),
      );
      const after = new Map(input.assetIds.map((id) => [id, input.decision] as const));
      done.push({ before, after });
      undone.length = 0;
      return apply(after);
    }),
    undo: os.undo.handler(({ errors }) => {
      const step = done.pop();
      if (!step) throw errors['review.nothingToUndo']({ data: {} });
      undone.push(step);
      return apply(step.before);
    }),
    redo: os.redo.handler(({ errors }) => {
      const step = undone.pop();
      if (!step) throw errors['review.nothingToUndo']({ data: {} });
      done.push(step);
      return apply(step.after);
    }),
  };
}
