import type { Batch } from '../../../electron/contract/batch.ts';
import type { BriefSummary } from '../../../electron/contract/brief.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { message } from '../../lib/messages/message.ts';
import type { StatusMarkKind } from '../../ui/status-mark.tsx';
import type { Destination } from '../../app/use-route.ts';

export interface WaitingItem {
  key: string;
  mark: StatusMarkKind;
  text: string;
  verb: string;
  destination: Destination;
}

/** What a person has to do next, the most pressing first: what failed, what is paused, what wants judging, what wants making. */
export function listWaiting(
  briefs: readonly BriefSummary[],
  batches: readonly Batch[],
  plans: readonly Plan[],
): WaitingItem[] {
  const planOf = new Map(plans.map((plan) => [plan.id, plan]));
  const nameOf = (batch: Batch) => planOf.get(batch.planId)?.name ?? message('produce.title');
  const toBatch = (batch: Batch): Destination => {
    const plan = planOf.get(batch.planId);
    return {
      screen: 'produce',
      parts: plan ? [plan.briefId] : [],
      parameters: { plan: batch.planId, batch: batch.id },
    };
  };
  const failed = batches
    .filter((batch) => batch.failed > 0)
    .map((batch): WaitingItem => ({
      key: `failed-${batch.id}`,
      mark: 'failed',
      text: message('library.wait.failed', { count: batch.failed, name: nameOf(batch) }),
      verb: message('library.go.produce'),
      destination: toBatch(batch),
    }));
  const paused = batches
    .filter((batch) => batch.state === 'paused')
    .map((batch): WaitingItem => ({
      key: `paused-${batch.id}`,
      mark: 'queued',
      text: message('library.wait.paused', { name: nameOf(batch), count: batch.waiting }),
      verb: message('library.go.produce'),
      destination: toBatch(batch),
    }));
  return [...failed, ...paused, ...briefs.flatMap(waitOfBrief)];
}

function waitOfBrief({ id, name, conceptCount, assetCount, unreviewedCount }: BriefSummary): WaitingItem[] {
  if (unreviewedCount > 0) {
    return [
      {
        key: `review-${id}`,
        mark: 'unreviewed',
        text: message('library.wait.review', { count: unreviewedCount, name }),
        verb: message('library.go.review'),
        destination: { screen: 'review', parameters: { brief: id } },
      },
    ];
  }
  if (assetCount > 0) return [];
  if (conceptCount > 0) {
    return [
      {
        key: `produce-${id}`,
        mark: 'empty',
        text: message('library.wait.produce', { count: conceptCount, name }),
        verb: message('library.go.produce'),
        destination: { screen: 'produce', parts: [id] },
      },
    ];
  }
  return [
    {
      key: `ideate-${id}`,
      mark: 'empty',
      text: message('library.wait.ideate', { name }),
      verb: message('library.go.ideate'),
      destination: { screen: 'ideate', parts: [id] },
    },
  ];
}
