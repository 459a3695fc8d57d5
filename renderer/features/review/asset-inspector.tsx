import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AssetSummary, MadeAsset, Verdict } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { describeRemake } from '../../lib/describe-remake.ts';
import { formatAgo, formatBytes, formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetQueries, brandQueries, formatQueries } from '../../rpc/queries.ts';
import { usePersonNames } from '../../rpc/use-person-names.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Facts } from '../../ui/table.tsx';
import { verdictValue } from './mark-titles.ts';
import { ComplianceList } from './compliance-list.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { ImportedDetails } from './imported-details.tsx';
import { recipeTitle } from './recipe-title.ts';
import { listRecipeRows } from './recipe-difference.ts';
import { ReportHistory } from './report-history.tsx';
import { useReviewStore } from './review-store.ts';
import { StandingVerdicts } from './standing-verdicts.tsx';
import { useSettled } from './use-settled.ts';
import { useSummary } from './use-summary.ts';

/** How long the cursor rests before details are asked for. */
const SETTLE_MS = 90;

/** What is under the cursor: decisions, facts, compliance, recipe and history. Without details yet, or while its name is on its way, it keeps its layout. */
export function AssetInspector({ assetId, waiting }: { assetId: AssetId | null; waiting: boolean }) {
  const settled = useSettled(assetId, SETTLE_MS);
  const summary = useSummary(assetId);
  if (assetId === null && !waiting)
    return <p className="p-4 text-13 text-ink-soft">{message('review.inspectNothing')}</p>;
  return (
    <>
      <DecisionBar summary={summary} />
      {settled === null || assetId === null ? <InspectorSkeleton /> : <Details assetId={settled} summary={summary} />}
    </>
  );
}

function Details({ assetId, summary }: { assetId: AssetId; summary: AssetSummary | undefined }) {
  const judgedAgainst = useReviewStore((state) => state.filter.judgedAgainst);
  const {
    data: asset,
    error,
    refetch,
  } = useQuery({
    ...assetQueries.get(assetId, judgedAgainst),
    placeholderData: keepPreviousData,
  });
  if (error) {
    return (
      <div className="p-4">
        <FailureNote error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!asset) return <InspectorSkeleton />;
  return (
    <div className={summary && asset.id !== summary.id ? 'opacity-60 transition-opacity' : undefined}>
      {asset.origin === 'made' ? <MadeDetails asset={asset} /> : <ImportedDetails asset={asset} />}
      <InspectorSection title={message('review.history')}>
        <History verdicts={asset.verdicts} />
      </InspectorSection>
    </div>
  );
}

function MadeDetails({ asset }: { asset: MadeAsset }) {
  const { checks } = asset.report;
  const [passed, failed] = [checks.filter((check) => check.passed), checks.filter((check) => !check.passed)];
  return (
    <>
      <InspectorSection title={message('review.compliance')} aside={<ComplianceVerdict asset={asset} />}>
        <ComplianceList assetId={asset.id} checks={failed} />
      </InspectorSection>
      {asset.standing.length > 0 ? (
        <InspectorSection title={message('review.standing')}>
          <StandingVerdicts standing={asset.standing} />
        </InspectorSection>
      ) : null}
      <InspectorSection title={message('review.picture')}>
        <PictureFacts asset={asset} />
      </InspectorSection>
      {passed.length > 0 ? (
        <InspectorSection
          title={message('review.passedChecks')}
          aside={<span className="text-12 text-ink-faint tabular-nums">{passed.length}</span>}
        >
          <ComplianceList assetId={asset.id} checks={passed} />
        </InspectorSection>
      ) : null}
      <ReportHistory assetId={asset.id} />
      <InspectorSection title={message('review.recipe')}>
        <Facts
          mono
          rows={listRecipeRows(asset.recipe)
            .filter(({ key }) => key !== 'brandVersion')
            .map(({ key, value }) => [recipeTitle(key), value])}
        />
      </InspectorSection>
    </>
  );
}

/** Says the brand version where it is not the one of the making; what has no report against it is not judged, whatever the report below says. */
function ComplianceVerdict({ asset }: { asset: MadeAsset }) {
  const { judgedBy, report, brandVersionId } = asset;
  if (judgedBy === null) return <span className="text-12 text-ink-soft">{message('review.notJudged')}</span>;
  const failed = report.checks.filter(({ passed }) => !passed).length;
  const verdict = report.passed ? message('review.allPassed') : message('review.checksFailed', { count: failed });
  return (
    <span className={report.passed ? 'text-12 text-approved' : 'text-12 text-redo'}>
      {judgedBy.brandVersionId === brandVersionId
        ? verdict
        : `${verdict}, ${message('review.judgedByShort', { number: judgedBy.number })}`}
    </span>
  );
}

function PictureFacts({ asset }: { asset: MadeAsset }) {
  const { data: formats } = useQuery(formatQueries.list());
  const { data: brands } = useQuery(brandQueries.list());
  const brand = brands?.find(({ latest }) => latest.id === asset.brandVersionId);
  const format = formats?.find(({ id }) => id === asset.formatId);
  return (
    <Facts
      rows={[
        [message('review.fact.headline'), asset.headline],
        [message('review.fact.format'), format ? `${format.name} ${format.ratio}` : asset.formatId],
        [
          message('review.fact.size'),
          message('review.fact.sizeValue', {
            width: asset.width,
            height: asset.height,
            bytes: formatBytes(asset.sizeBytes),
          }),
        ],
        [message('review.fact.locale'), asset.locale],
        [
          message('review.fact.brand'),
          brand
            ? message('review.fact.brandValue', { name: brand.name, number: brand.latest.number })
            : message('review.fact.brandEarlier'),
        ],
        [message('review.fact.made'), formatDateTime(asset.createdAtMs)],
        ...(asset.remake ? [[message('remake.title'), describeRemake(asset.remake)] as const] : []),
      ]}
    />
  );
}

function History({ verdicts }: { verdicts: readonly Verdict[] }) {
  const nameOf = usePersonNames();
  if (verdicts.length === 0) return <p className="text-12 text-ink-soft">{message('review.historyEmpty')}</p>;
  return (
    <ol className="flex flex-col gap-1.5 text-12">
      {verdicts.toReversed().map((verdict) => (
        <li key={verdict.id} className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1">
            <span className="text-ink">
              {message(verdict.undoes === null ? 'review.verdict' : 'review.verdictUndone', {
                axis: message(`review.axis.${verdict.axis}`),
                before: verdictValue(verdict.axis, verdict.before),
                after: verdictValue(verdict.axis, verdict.after),
              })}
            </span>
            <span className="block text-ink-faint">
              {[nameOf(verdict.reviewer), verdict.reason].filter(Boolean).join(': ')}
            </span>
          </span>
          <time
            className="shrink-0 text-ink-faint"
            dateTime={new Date(verdict.createdAtMs).toISOString()}
            title={formatDateTime(verdict.createdAtMs)}
          >
            {formatAgo(verdict.createdAtMs)}
          </time>
        </li>
      ))}
    </ol>
  );
}

function InspectorSkeleton() {
  return (
    <div aria-hidden className="flex flex-col gap-3 p-4">
      {['w-1/3', 'w-full', 'w-full', 'w-4/5', 'w-1/3', 'w-full', 'w-3/5'].map((width, index) => (
        <Skeleton key={index} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
