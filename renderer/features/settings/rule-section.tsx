import { useMutation, useQuery } from '@tanstack/react-query';
import type { VerdictRule } from '../../../electron/contract/review.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { describeRule } from '../../lib/describe-rule.ts';
import { message } from '../../lib/messages/message.ts';
import { reviewQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { studio } from '../../rpc/studio.ts';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { roleTitle } from './role-title.ts';

const kinds = ['newest', 'unanimous', 'quorum', 'role'] as const;
const counts = [2, 3, 4, 5] as const;
const deciders = ['reviewer', 'producer', 'admin'] as const;

/** A rule of the kind, with what most people would want first. */
const firstOfKind: Record<VerdictRule['kind'], VerdictRule> = {
  newest: { kind: 'newest' },
  unanimous: { kind: 'unanimous' },
  quorum: { kind: 'quorum', count: 2 },
  role: { kind: 'role', role: 'producer' },
};

/** How one status follows from the verdicts of several people. */
export function RuleSection() {
  const whyNot = useWhyNot('review.setRule');
  const { data: rule, error } = useQuery(reviewQueries.rule());
  const changing = useMutation({
    mutationFn: (wanted: VerdictRule) => studio.review.setRule({ rule: wanted }),
    onSuccess: ({ changed }) => {
      if (changed > 0) showToast({ title: message('settings.rule.changed', { count: changed }) });
    },
  });
  const problem = error ?? changing.error;
  return (
    <section aria-labelledby="settings-rule">
      <h2 id="settings-rule" className="text-15 font-semibold">
        {message('settings.rule')}
      </h2>
      <p className="pb-3 text-12 text-ink-soft">{message('settings.rule.advice')}</p>
      {problem ? <FailureNote error={problem} className="mb-3" /> : null}
      {rule === undefined ? (
        <Skeleton className="h-12 w-80" />
      ) : whyNot === null ? (
        <RuleChoice rule={rule} onChange={changing.mutate} />
      ) : (
        <p className="text-13" title={whyNot}>
          {message('settings.rule.label')} {describeRule(rule)}.
        </p>
      )}
    </section>
  );
}

function RuleChoice({ rule, onChange }: { rule: VerdictRule; onChange: (rule: VerdictRule) => void }) {
  return (
    <div className="flex flex-wrap gap-3">
      <Select
        label={message('settings.rule.label')}
        className="w-80 max-w-full"
        value={rule.kind}
        options={kinds.map((kind) => ({ value: kind, label: message(`rule.${kind}`) }))}
        hint={message(`settings.rule.hint.${rule.kind}`)}
        onChange={(kind) => onChange(firstOfKind[kind])}
      />
      {rule.kind === 'quorum' ? (
        <Select
          label={message('settings.rule.count')}
          className="w-44"
          value={String(rule.count)}
          options={[...new Set([...counts, rule.count])]
            .toSorted((left, right) => left - right)
            .map((count) => ({ value: String(count), label: String(count) }))}
          onChange={(count) => onChange({ kind: 'quorum', count: Number(count) })}
        />
      ) : null}
      {rule.kind === 'role' ? (
        <Select
          label={message('settings.rule.role')}
          className="w-44"
          value={rule.role}
          options={deciders.map((value) => ({ value, label: roleTitle(value) }))}
          onChange={(role) => onChange({ kind: 'role', role })}
        />
      ) : null}
    </div>
  );
}
