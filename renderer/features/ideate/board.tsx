import { Lightbulb } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable, DeliverableKind } from '../../../electron/contract/ideation.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeliverableCard } from './deliverable-card.tsx';
import type { BoardRun } from './board-run.ts';
import { WritingCard } from './pending-card.tsx';
import type { BoardChanges } from './use-board-changes.ts';

const groups: readonly DeliverableKind[] = ['persona', 'gap', 'concept'];

export interface BoardProps {
  board: readonly Deliverable[] | undefined;
  run: BoardRun;
  changes: BoardChanges;
  activeId: DeliverableId | null;
  editingId: DeliverableId | null;
  onActivate: (id: DeliverableId) => void;
  onEdit: (id: DeliverableId | null) => void;
  onReplace: (id: DeliverableId) => void;
  onRetry: () => void;
  onDismissFailures: () => void;
  start: ReactNode;
}

/** Everything that came of a brief, by kind; new cards take their place while they are being written. */
export function Board(props: BoardProps) {
  const { board, run, start } = props;
  const isEmpty = board?.length === 0 && run.pending.length === 0;
  return (
    <div id="board" className="flex min-h-0 min-w-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-4 max-columns:px-4">
      {run.error ? <FailureNote error={run.error} onRetry={props.onRetry} /> : null}
      {isEmpty && run.running ? (
        <p role="status" className="text-ink-soft">
          {message('ideate.waitingForModel')}
        </p>
      ) : null}
      {isEmpty && !run.running ? (
        <EmptyState icon={Lightbulb} title={message('ideate.empty')} action={start}>
          {message('ideate.empty.advice')}
        </EmptyState>
      ) : null}
      {board === undefined ? (
        <BoardSkeleton />
      ) : (
        groups.map((kind) => <BoardGroup key={kind} kind={kind} {...props} board={board} />)
      )}
    </div>
  );
}

function BoardGroup({
  kind,
  board,
  run,
  changes,
  activeId,
  editingId,
  onActivate,
  onEdit,
  onReplace,
  onDismissFailures,
}: BoardProps & { kind: DeliverableKind; board: readonly Deliverable[] }) {
  const cards = board.filter((entry) => entry.content.kind === kind);
  const pending = run.pending.filter((card) => card.kind === kind);
  if (cards.length === 0 && pending.length === 0) return null;
  const chosen = cards.filter((entry) => entry.chosen).length;
  const isActiveHere = cards.some((entry) => entry.id === activeId);
  return (
    <section>
      <h2 className="mb-2.5 flex items-baseline gap-2 text-13 font-medium text-ink-soft">
        {message(`ideate.group.${kind}`)}
        <span className="text-12 font-normal text-ink-faint">{cards.length}</span>
        {chosen > 0 ? (
          <span className="text-12 font-normal text-accent-text">
            {message('ideate.chosenCount', { count: chosen })}
          </span>
        ) : null}
      </h2>
      <div
        className={
          kind === 'persona'
            ? 'grid grid-cols-[repeat(auto-fill,minmax(min(21.25rem,100%),1fr))] gap-3'
            : 'grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3'
        }
      >
        {cards.map((deliverable, index) => (
          <DeliverableCard
            key={deliverable.origin.kind === 'edit' ? deliverable.origin.of : deliverable.id}
            deliverable={deliverable}
            active={deliverable.id === activeId}
            tabbable={deliverable.id === activeId || (!isActiveHere && index === 0)}
            editing={deliverable.id === editingId}
            saving={changes.edit.isPending}
            canReplace={!run.running}
            onActivate={() => onActivate(deliverable.id)}
            onChoose={() => changes.choose.mutate({ ids: [deliverable.id], chosen: !deliverable.chosen })}
            onEdit={() => onEdit(deliverable.id)}
            onSave={(content) =>
              changes.edit.mutate(
                { id: deliverable.id, content },
                { onSuccess: (edited) => (onEdit(null), onActivate(edited.id)) },
              )
            }
            onCancel={() => onEdit(null)}
            onBin={() => changes.bin.mutate([deliverable.id])}
            onReplace={() => onReplace(deliverable.id)}
          />
        ))}
        {pending.map((card) => (
          <WritingCard key={card.index} card={card} total={run.total} onDismiss={onDismissFailures} />
        ))}
      </div>
    </section>
  );
}

function BoardSkeleton() {
  return (
    <>
      <Skeleton className="h-44 w-95 rounded-control" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(13rem,1fr))] gap-3">
        {Array.from({ length: 6 }, (_, index) => (
          <Skeleton key={index} className="h-48 rounded-control" />
        ))}
      </div>
    </>
  );
}
