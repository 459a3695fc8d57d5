import { useQuery } from '@tanstack/react-query';
import type { CheckName } from '../../../electron/contract/compliance.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { AssetReport } from '../../../electron/contract/scoring.ts';
import { InspectorSection } from '../../app/screen.tsx';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { scoringQueries } from '../../rpc/queries.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { checkTitles } from './check-titles.ts';
import { formatScore } from './format-score.ts';

/** More columns than this do not fit beside a picture; the first (made under) always stays. */
const MAX_COLUMNS = 3;

/** The scores of one picture against several brand versions side by side; units stand in the hint, because the columns are narrow. Nothing is shown while there is only one. */
export function ReportHistory({ assetId }: { assetId: AssetId }) {
  const { data: reports } = useQuery(scoringQueries.reports(assetId));
  const shown = chooseReports(reports ?? []);
  if (shown.length < 2) return null;
  const names = [...new Set(shown.flatMap(({ report }) => report.checks.map(({ name }) => name)))];
  return (
    <InspectorSection title={message('review.reports')}>
      <table className="w-full table-fixed text-12">
        <thead>
          <tr>
            <td className="w-[38%]" />
            {shown.map((entry, index) => (
              <th
                key={index}
                scope="col"
                title={message(entry.isPinned ? 'review.reports.pinned' : 'review.reports.later')}
                className={classNames('pb-1 text-right font-normal', entry.isPinned ? 'text-ink' : 'text-ink-faint')}
              >
                {message('review.reports.version', { number: entry.versionNumber })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <ReportRow key={name} name={name} reports={shown} />
          ))}
        </tbody>
      </table>
    </InspectorSection>
  );
}

/** The report of the version it was made under, then the newest of each other version. */
export function chooseReports(reports: readonly AssetReport[]): AssetReport[] {
  const newest = new Map(reports.map((entry) => [entry.report.brandVersionId, entry]));
  const ordered = [...newest.values()];
  const pinned = ordered.filter(({ isPinned }) => isPinned);
  return [...pinned, ...ordered.filter(({ isPinned }) => !isPinned).slice(-(MAX_COLUMNS - pinned.length))];
}

function ReportRow({ name, reports }: { name: CheckName; reports: readonly AssetReport[] }) {
  const checks = reports.map(({ report }) => report.checks.find((check) => check.name === name) ?? null);
  const differs = new Set(checks.map((check) => check?.passed ?? null)).size > 1;
  return (
    <tr>
      <th
        scope="row"
        className={classNames('truncate py-0.5 pr-1 text-left font-normal', differs ? 'text-ink' : 'text-ink-soft')}
      >
        {message(checkTitles[name])}
      </th>
      {checks.map((check, index) => (
        <td
          key={index}
          className="py-0.5 pl-1 text-right whitespace-nowrap tabular-nums"
          title={check ? `${formatScore(check.score, check.unit)}. ${check.reason}` : undefined}
        >
          {check === null ? (
            <span className="text-ink-faint">–</span>
          ) : (
            <span
              className={classNames(
                'inline-flex items-center gap-1',
                check.passed ? 'text-ink-soft' : 'font-medium text-redo',
              )}
            >
              <StatusMark
                kind={check.passed ? 'passed' : 'failed'}
                label={message(check.passed ? 'review.reports.passes' : 'review.reports.fails')}
                sizePx={11}
              />
              {formatScore(check.score, check.unit === 'share' ? 'share' : '')}
            </span>
          )}
        </td>
      ))}
    </tr>
  );
}
