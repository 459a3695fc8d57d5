import { useQuery } from '@tanstack/react-query';
import type { PlanId } from '../../../electron/contract/identifiers.ts';
import { navigate } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { planQueries } from '../../rpc/queries.ts';
import { Select } from '../../ui/select.tsx';

const NEW = 'new';

/** Which plan is in hand; the first entry starts another one. */
export function PlanSelect({ planId }: { planId: PlanId | null }) {
  const { data: plans = [] } = useQuery(planQueries.list(null));
  const ordered = plans.toSorted((a, b) => b.createdAtMs - a.createdAtMs);
  function change(next: string) {
    const plan = plans.find(({ id }) => id === next);
    const current = plans.find(({ id }) => id === planId);
    if (plan) navigate({ screen: 'produce', parts: [plan.briefId], parameters: { plan: plan.id } });
    else navigate({ screen: 'produce', parts: current ? [current.briefId] : [], parameters: { new: '1' } });
  }
  return (
    <Select
      label={message('produce.plan')}
      labelHidden
      value={planId ?? NEW}
      onChange={change}
      className="w-70"
      options={[
        { value: NEW, label: message('produce.newPlan') },
        ...ordered.map((plan) => ({
          value: String(plan.id),
          label: message('produce.planOption', { name: plan.name, count: plan.cellCount }),
        })),
      ]}
    />
  );
}
