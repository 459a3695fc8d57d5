import { useMutation, useQuery } from '@tanstack/react-query';
import { RefreshCw, Square } from 'lucide-react';
import { useState } from 'react';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import type { BrandVersionId } from '../../../electron/contract/identifiers.ts';
import type { Rescore, ScoredVersion, ScoreOverview, ScoreScope } from '../../../electron/contract/scoring.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { brandQueries, scoringQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';

const SHOWN_RUNS = 6;

/** Scores what is shown against another version, as work in the background; earlier scores stay. */
export function RescorePanel({
  scope,
  overview,
  versions,
}: {
  scope: ScoreScope;
  overview: ScoreOverview | null;
  versions: readonly ScoredVersion[];
}) {
  const candidates = useCandidates(versions);
  const whyMayNot = useWhyNot('scoring.start');
  const [chosen, setChosen] = useState<BrandVersionId | null>(null);
  const target = candidates.find(({ id }) => id === chosen) ?? candidates[0];
  const starting = useMutation({
    mutationFn: (brandVersionId: BrandVersionId) => studio.scoring.start({ scope, brandVersionId }),
    onSuccess: () => renew({ queryKey: ['scoring'] }),
  });
  const scored = versions.find(({ brandVersionId }) => brandVersionId === target?.id)?.scored ?? 0;
  const left = Math.max(0, (overview === null ? 0 : overview.total + overview.leftOut) - scored);
  const start = () => target && starting.mutate(target.id);
  useActions([
    {
      id: 'compliance.rescore',
      title: message('compliance.rescore'),
      keys: ['shift+s'],
      scope: 'compliance',
      run: start,
      enabled: target !== undefined && left > 0 && !starting.isPending,
    },
  ]);
  return (
    <>
      <InspectorSection title={message('compliance.rescore')}>
        <div className="flex flex-col gap-3">
          <Select
            label={message('compliance.target')}
            value={target?.id ?? ''}
            options={candidates.map(({ id, kit, number }) => ({
              value: id as string,
              label: message('compliance.version', { name: kit.name, number }),
            }))}
            onChange={(id) => setChosen(candidates.find((candidate) => candidate.id === id)?.id ?? null)}
          />
          <p className="text-12 text-ink-soft">
            {left === 0 ? message('compliance.allScored') : message('compliance.left', { count: left })}
          </p>
          <Button
            icon={RefreshCw}
            keys="shift+s"
            blocked={
              whyMayNot ??
              (target === undefined
                ? message('compliance.noTarget')
                : left === 0
                  ? message('compliance.allScored')
                  : null)
            }
            busy={starting.isPending}
            onClick={start}
            className="self-start"
          >
            {message('compliance.start')}
          </Button>
          {starting.error ? <FailureNote error={starting.error} /> : null}
          <p className="text-12 text-ink-faint">{message('compliance.note')}</p>
        </div>
      </InspectorSection>
      <Runs />
    </>
  );
}

/** Every version of the brands that the pictures were made under, newest first. */
function useCandidates(versions: readonly ScoredVersion[]): BrandVersion[] {
  const [first] = versions;
  const { data: brands } = useQuery(brandQueries.list());
  const brandId = first?.brandId ?? brands?.[0]?.id;
  const { data } = useQuery({
    ...brandQueries.versions(brandId ?? ('' as NonNullable<typeof brandId>)),
    enabled: brandId !== undefined,
  });
  return (data ?? []).toSorted((a, b) => b.number - a.number);
}

function Runs() {
  const { data: runs = [] } = useQuery(scoringQueries.list());
  if (runs.length === 0) return null;
  return (
    <InspectorSection title={message('compliance.runs')}>
      <ul className="flex flex-col gap-3">
        {runs.slice(0, SHOWN_RUNS).map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </ul>
    </InspectorSection>
  );
}

function RunRow({ run }: { run: Rescore }) {
  const stopping = useMutation({
    mutationFn: () => studio.run.stop({ runId: run.id }),
    onSuccess: () => renew({ queryKey: ['scoring'] }),
  });
  const ended = run.done + run.failed;
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-center gap-2 text-12">
        <span className="min-w-0 flex-1 truncate">
          {message('compliance.version', { name: run.brandName, number: run.versionNumber })}
        </span>
        <span className="text-ink-faint">{formatAgo(run.createdAtMs)}</span>
      </div>
      {run.state === 'running' ? (
        <div className="flex items-center gap-2">
          <Progress label={message('compliance.rescore')} value={ended} max={run.total} className="flex-1" />
          <Button variant="quiet" icon={Square} busy={stopping.isPending} onClick={() => stopping.mutate()}>
            {message('compliance.stop')}
          </Button>
        </div>
      ) : null}
      <p className="text-12 text-ink-soft tabular-nums">
        {message(`compliance.run.${run.state}`, { done: run.done, total: run.total })}
        {run.failed > 0 ? ` ${message('compliance.run.failed', { count: run.failed })}` : ''}
      </p>
      {run.firstFailure === null ? null : <p className="text-12 text-redo">{run.firstFailure}</p>}
      {stopping.error ? <FailureNote error={stopping.error} /> : null}
    </li>
  );
}
