import { Play } from 'lucide-react';
import { useState } from 'react';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { navigate } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { resetDraft } from './draft-store.ts';
import { describeProblem, ForecastPanel } from './forecast-panel.tsx';
import { countCells, findDraftProblem } from './plan-draft.ts';
import { PlanForm, PlanFormSkeleton } from './plan-form.tsx';
import { PlanList } from './plan-list.tsx';
import { PlanSelect } from './plan-select.tsx';
import { useSourceFromRoute } from './use-source-from-route.ts';
import { usePlanDraft } from './use-plan-draft.ts';

/** A plan that is being put together, with its forecast; the primary action makes it and starts its first run. */
export function NewPlanView({ briefId }: { briefId: BriefId }) {
  const { inHand, error, retry } = usePlanDraft(briefId);
  const sourceError = useSourceFromRoute(briefId);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const draft = inHand?.draft ?? null;
  const problemOfDraft = draft === null ? null : findDraftProblem(draft);
  const whyMayNot = useWhyNot('batch.start');
  const why =
    whyMayNot ??
    (draft === null ? message('common.loading') : problemOfDraft === null ? null : describeProblem(problemOfDraft));
  const ready = why === null && !busy;

  async function produce() {
    if (draft === null || draft.brandVersionId === null || !ready) return;
    setBusy(true);
    setProblem(null);
    try {
      const plan = await studio.plan.create({
        briefId,
        brandVersionId: draft.brandVersionId,
        name: draft.name.trim(),
        conceptIds: [...draft.conceptIds],
        formatIds: [...draft.formatIds],
        locales: [...draft.locales],
        variations: draft.variations,
        templates: [...draft.templates],
        seed: draft.seed,
        ...(draft.source === null
          ? {}
          : { source: { hash: draft.source.hash, strength: draft.source.strength, mask: null } }),
      });
      const batch = await studio.batch.start({ planId: plan.id, cellIds: null });
      resetDraft(briefId);
      await renew({ queryKey: ['plan', 'list'] });
      navigate({ screen: 'produce', parts: [briefId], parameters: { plan: plan.id, batch: batch.id } });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setBusy(false);
    }
  }
  useActions([
    {
      id: 'produce.start',
      title: message('produce.produceAll'),
      keys: ['mod+enter'],
      scope: 'produce',
      enabled: ready,
      run: () => void produce(),
    },
  ]);

  return (
    <Screen
      title={message('produce.title')}
      context={<PlanSelect planId={null} />}
      actions={
        <Button variant="primary" icon={Play} keys="mod+enter" busy={busy} blocked={why} onClick={() => void produce()}>
          {draft === null || countCells(draft) === 0
            ? message('produce.produce')
            : message('produce.produceCount', { count: countCells(draft) })}
        </Button>
      }
      inspector={
        <>
          {draft === null ? null : <ForecastPanel draft={draft} />}
          <PlanList />
        </>
      }
    >
      {problem === null ? null : <FailureNote error={problem} onRetry={() => void produce()} className="m-4" />}
      {sourceError ? <FailureNote error={sourceError} className="m-4" /> : null}
      {error ? (
        <FailureNote error={error} onRetry={retry} className="m-4" />
      ) : inHand === null ? (
        <PlanFormSkeleton />
      ) : (
        <PlanForm inHand={inHand} />
      )}
    </Screen>
  );
}
