import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Brief } from '../../../electron/contract/brief.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { classNames } from '../../lib/class-names.ts';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import type { BriefDraft } from './use-brief-draft.ts';

/** The brief as text, with line numbers, and what is wrong with it at its line. */
export function BriefPanel({ brief, draft }: { brief: Brief; draft: BriefDraft }) {
  const { text, problem, isEdited, saving } = draft;
  const whyMayNot = useWhyNot('brief.update');
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split('\n');

  function goToLine(line: number) {
    const start = lines.slice(0, line - 1).reduce((sum, before) => sum + before.length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  }

  return (
    <section
      aria-label={message('ideate.brief')}
      className="flex w-80 shrink-0 flex-col border-r bg-panel max-columns:w-full"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 border-b pr-2 pl-4">
        <h2 className="flex-1 text-12 font-medium text-ink-soft">{message('ideate.brief')}</h2>
        {isEdited ? (
          <>
            <Button variant="quiet" className="h-6" onClick={draft.discard}>
              {message('ideate.brief.discard')}
            </Button>
            <Button
              className="h-6"
              keys="mod+s"
              busy={saving.isPending}
              blocked={whyMayNot ?? (problem === null ? null : message('error.expected', problem))}
              onClick={() => void draft.save()}
            >
              {message('ideate.brief.saveShort')}
            </Button>
          </>
        ) : (
          <span className="flex items-center gap-1 pr-2 text-12 text-ink-faint">
            <Check size={12} aria-hidden />
            {message('ideate.brief.saved', { ago: formatAgo(brief.updatedAtMs) })}
          </span>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="grid min-h-full font-mono text-12 leading-5">
          <LineNumbers lines={lines} problemLine={problem?.line ?? null} />
          <textarea
            ref={area}
            id="brief-text"
            aria-label={message('ideate.brief.text')}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? 'brief-problem' : undefined}
            spellCheck={false}
            value={text}
            onChange={(event) => draft.change(event.target.value)}
            className="relative z-10 col-start-1 row-start-1 resize-none overflow-hidden bg-transparent py-3 pr-4 pl-10 break-words whitespace-pre-wrap outline-none focus-visible:outline-none"
          />
        </div>
      </div>
      <div className="shrink-0 border-t p-2 empty:hidden" id="brief-problem">
        {problem ? (
          <ErrorNote
            title={
              [problem.line === null ? null : message('ideate.brief.line', { line: problem.line }), problem.field]
                .filter(Boolean)
                .join(', ') || message('error.briefInvalid')
            }
            advice={message('error.expected', { reason: problem.reason, expected: problem.expected })}
            action={problem.line === null ? null : <GoToLine line={problem.line} go={goToLine} />}
          />
        ) : null}
        {saving.error ? <FailureNote error={saving.error} onRetry={() => void draft.save()} /> : null}
      </div>
    </section>
  );
}

function GoToLine({ line, go }: { line: number; go: (line: number) => void }) {
  return (
    <Button variant="quiet" className="h-6" onClick={() => go(line)}>
      {message('ideate.brief.goToLine', { line })}
    </Button>
  );
}

/** Mirrors the text behind the editor: the same wrapping gives each number the height of its line, and the editor its own height. */
function LineNumbers({ lines, problemLine }: { lines: readonly string[]; problemLine: number | null }) {
  const marked = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problemLine !== null) marked.current?.scrollIntoView({ block: 'nearest' });
  }, [problemLine]);
  return (
    <div aria-hidden data-own-text className="col-start-1 row-start-1 py-3">
      {lines.map((line, index) => (
        <div
          key={index}
          ref={index + 1 === problemLine ? marked : null}
          className={classNames(
            'relative pr-4 pl-10 break-words whitespace-pre-wrap text-transparent',
            index + 1 === problemLine && 'bg-rejected-wash',
          )}
        >
          <span
            className={classNames(
              'absolute top-0 left-0 w-7 text-right text-11 leading-5',
              index + 1 === problemLine ? 'text-rejected' : 'text-ink-faint/70',
            )}
          >
            {index + 1}
          </span>
          {line || ' '}
        </div>
      ))}
    </div>
  );
}
