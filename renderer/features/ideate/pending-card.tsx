import { adviseOnRecord } from '../../rpc/error-advice.ts';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { PendingCard } from './board-run.ts';
import { readPartialAnswer } from './read-partial-answer.ts';

/** A card while the model writes it: every field appears as its words come. */
export function WritingCard({ card, total, onDismiss }: { card: PendingCard; total: number; onDismiss: () => void }) {
  if (card.error) {
    const { title, advice } = adviseOnRecord(card.error);
    return (
      <ErrorNote
        title={title}
        advice={advice}
        className="self-start"
        action={
          <Button variant="quiet" onClick={onDismiss}>
            {message('common.dismiss')}
          </Button>
        }
      />
    );
  }
  const fields = readPartialAnswer(card.text).filter((field) => field.text !== '');
  return (
    <article
      ref={bringIntoView}
      aria-busy
      className="flex min-h-37 flex-col gap-1.5 rounded-control border border-dashed border-line-strong bg-panel p-3.5"
    >
      <p role="status" className="text-12 text-ink-faint">
        {message('ideate.writing', {
          kind: message(`ideate.${card.kind}`).toLowerCase(),
          index: card.index + 1,
          total,
        })}
      </p>
      {fields.map((field, index) => (
        <p
          key={field.name}
          className={
            index === 0
              ? 'text-12 text-ink-faint'
              : index === 1 && card.kind === 'concept'
                ? 'text-15 font-semibold text-balance'
                : 'text-13 text-pretty text-ink-soft'
          }
        >
          {field.text}
          {index === fields.length - 1 ? (
            <span aria-hidden className="ml-0.5 inline-block h-3.5 w-px animate-pulse bg-accent-text align-middle" />
          ) : null}
        </p>
      ))}
      {fields.length === 0 ? (
        <>
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-5 w-4/5" />
          <Skeleton className="h-4 w-full" />
        </>
      ) : null}
    </article>
  );
}

function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
