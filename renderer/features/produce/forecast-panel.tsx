import { useQuery } from '@tanstack/react-query';
import { InspectorSection } from '../../app/screen.tsx';
import { formatBytes, formatDuration, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Facts } from '../../ui/table.tsx';
import { describeAxes } from './describe-axes.ts';
import { countCells, findDraftProblem } from './plan-draft.ts';
import type { DraftProblem, PlanDraft } from './plan-draft.ts';
import { MAX_PLAN_CELLS } from '../../../electron/contract/plan.ts';

const problemTexts = {
  'no-brief': 'produce.problem.noBrief',
  'no-brand': 'produce.problem.noBrand',
  'no-concepts': 'produce.problem.noConcepts',
  'no-formats': 'produce.problem.noFormats',
  'no-locales': 'produce.problem.noLocales',
  'no-name': 'produce.problem.noName',
} as const satisfies Partial<Record<DraftProblem, string>>;

export function describeProblem(problem: DraftProblem): string {
  return problem === 'too-large'
    ? message('produce.problem.tooLarge', { limit: MAX_PLAN_CELLS })
    : message(problemTexts[problem]);
}

/** Before anything is made: how many, how long at the rate measured on this machine, how much room. */
export function ForecastPanel({ draft }: { draft: PlanDraft }) {
  const problem = findDraftProblem(draft);
  const count = countCells(draft);
  const canForecast = draft.conceptIds.length > 0 && draft.formatIds.length > 0 && draft.locales.length > 0;
  const axes = {
    conceptIds: [...draft.conceptIds],
    formatIds: [...draft.formatIds],
    locales: [...draft.locales],
    variations: draft.variations,
  };
  const { data: forecast } = useQuery({
    queryKey: ['produce', 'forecast', axes],
    queryFn: ({ signal }) => studio.plan.forecast(axes, { signal }),
    enabled: canForecast && problem !== 'too-large',
    placeholderData: (before) => before,
    staleTime: 10_000,
  });
  return (
    <InspectorSection title={message('produce.forecast')}>
      <p className="text-28 font-semibold tabular-nums">{formatNumber(count)}</p>
      <p className="mb-3 text-12 text-ink-soft">{describeAxes(draft)}</p>
      {problem !== null ? (
        <p role="status" className="rounded-control bg-redo-wash px-2.5 py-1.5 text-12 text-ink">
          {describeProblem(problem)}
        </p>
      ) : forecast === undefined ? (
        <div className="flex flex-col gap-1.5" aria-hidden>
          <Skeleton className="h-4 w-4/5" />
          <Skeleton className="h-4 w-3/5" />
        </div>
      ) : (
        <Facts
          rows={[
            [
              message('produce.forecastTime'),
              forecast.totalSeconds === null
                ? message('produce.forecastUnknown')
                : message('produce.about', { time: formatDuration(forecast.totalSeconds) }),
            ],
            [
              message('produce.forecastRate'),
              forecast.secondsPerImage === null
                ? message('produce.forecastRateUnknown')
                : message('produce.forecastRateValue', { seconds: formatNumber(forecast.secondsPerImage) }),
            ],
            [message('produce.forecastDisk'), message('produce.about', { time: formatBytes(forecast.diskBytes) })],
          ]}
        />
      )}
    </InspectorSection>
  );
}
