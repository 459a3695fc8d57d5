import type { ComplianceCheck } from '../../../electron/contract/compliance.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { ChevronRight, Scan } from 'lucide-react';
import { useEffect } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { checkTitles, explainCheck } from './check-titles.ts';
import { formatScore } from './format-score.ts';
import { useReviewStore } from './review-store.ts';

/** What failed stands open; what passed is one line that opens to its threshold and reason. Pointer or focus shows the place on the picture. */
export function ComplianceList({ assetId, checks }: { assetId: AssetId; checks: readonly ComplianceCheck[] }) {
  return (
    <ul className="-mx-2 flex flex-col">
      {checks.map((check) => (
        <CheckRow key={check.name} assetId={assetId} check={check} />
      ))}
    </ul>
  );
}

function hideRegion(): void {
  useReviewStore.setState({ highlight: null });
}

function CheckRow({ assetId, check }: { assetId: AssetId; check: ComplianceCheck }) {
  const title = message(checkTitles[check.name]);
  const { region } = check;
  const show = () => region !== null && useReviewStore.setState({ highlight: { assetId, region, label: title } });
  useEffect(() => hideRegion, []);
  const score = formatScore(check.score, check.unit);
  const threshold = message(check.better === 'lower' ? 'review.atMost' : 'review.atLeast', {
    threshold: formatScore(check.threshold, check.unit),
  });
  return (
    <li>
      <details
        open={!check.passed}
        aria-label={message(check.passed ? 'review.checkPassed' : 'review.checkFailed', { check: title })}
        onPointerEnter={show}
        onPointerLeave={hideRegion}
        onFocus={show}
        onBlur={hideRegion}
        title={region === null ? undefined : message('review.hasRegion')}
        className="group rounded-small px-2 py-0.5 hover:bg-hover"
      >
        <summary className="flex list-none items-center gap-2 rounded-small py-0.5 text-12 [&::-webkit-details-marker]:hidden">
          <StatusMark kind={check.passed ? 'passed' : 'failed'} label="" />
          <span className="flex min-w-0 flex-1 items-center gap-1.5">
            <span className="truncate font-medium" title={explainCheck(check.name)}>
              {title}
            </span>
            {region === null ? null : <Scan size={12} aria-hidden className="shrink-0 text-ink-faint" />}
          </span>
          <span className={classNames('tabular-nums', check.passed ? 'text-ink' : 'font-medium text-redo')}>
            {score}
          </span>
          <ChevronRight
            size={12}
            aria-hidden
            className="shrink-0 text-ink-faint transition-transform group-open:rotate-90"
          />
        </summary>
        <p className="pb-1 pl-5.5 text-12 text-pretty text-ink-soft">
          {check.reason}{' '}
          <span className="block text-ink-faint">
            {threshold}. {explainCheck(check.name)}
          </span>
        </p>
      </details>
    </li>
  );
}
