import { useQuery } from '@tanstack/react-query';
import { Grid3x3 } from 'lucide-react';
import { batchIdSchema, briefIdSchema, planIdSchema } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { usePreferences } from '../../app/preferences.ts';
import { Screen } from '../../app/screen.tsx';
import { navigate, useRoute } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { batchQueries, briefQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { isLive } from './batch-figures.ts';
import { NewPlanView } from './new-plan-view.tsx';
import { PlanFormSkeleton } from './plan-form.tsx';
import { PlanView } from './plan-view.tsx';

/**
 * `#/produce/<brief>?plan=<plan>&batch=<batch>` shows a plan, `#/produce/<brief>` puts a new one together. Without any of these the screen
 * opens on the plan that is running, else on the brief that was worked on last.
 */
export function ProduceScreen() {
  const { parts, parameters } = useRoute();
  const plan = planIdSchema.safeParse(parameters['plan']);
  const batch = batchIdSchema.safeParse(parameters['batch']);
  const named = briefIdSchema.safeParse(parts[0]);
  const isBare =
    !plan.success && !named.success && parameters['new'] === undefined && parameters['source'] === undefined;
  const remembered = usePreferences((state) => state.briefId);
  const briefs = useQuery(briefQueries.list());
  const batches = useQuery({ ...batchQueries.list(null, 200), enabled: isBare });

  if (plan.success) return <PlanView key={plan.data} planId={plan.data} batchId={batch.success ? batch.data : null} />;
  const live = isBare ? batches.data?.find(isLive) : undefined;
  if (live) return <PlanView key={live.planId} planId={live.planId} batchId={live.id} />;
  if (briefs.error) {
    return (
      <Screen title={message('produce.title')}>
        <FailureNote error={briefs.error} onRetry={() => void briefs.refetch()} className="m-4" />
      </Screen>
    );
  }
  if (briefs.data === undefined || (isBare && batches.isPending)) {
    return (
      <Screen title={message('produce.title')} inspector={null}>
        <PlanFormSkeleton />
      </Screen>
    );
  }
  const wanted = named.success ? named.data : remembered;
  const brief = briefs.data.find(({ id }) => id === wanted) ?? briefs.data[0];
  if (brief === undefined) {
    return (
      <Screen title={message('produce.title')}>
        <EmptyState
          icon={Grid3x3}
          title={message('produce.emptyTitle')}
          action={
            <Button variant="primary" onClick={() => navigate({ screen: 'library' })}>
              {message('produce.emptyAction')}
            </Button>
          }
        >
          {message('produce.emptyAdvice')}
        </EmptyState>
      </Screen>
    );
  }
  return <NewPlanView key={brief.id} briefId={brief.id} />;
}
