import { Quote } from 'lucide-react';
import type { DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable } from '../../../electron/contract/ideation.ts';
import { InspectorSection } from '../../app/screen.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/table.tsx';
import { nameCard } from './card-fields.ts';

/** What a card was built on: the words of the brief it uses, the cards before it, and how the model was asked. */
export function DeliverableInspector({
  deliverable,
  board,
  onActivate,
}: {
  deliverable: Deliverable | null;
  board: readonly Deliverable[];
  onActivate: (id: DeliverableId) => void;
}) {
  if (!deliverable) {
    return <EmptyState title={message('ideate.inspect.none')}>{message('ideate.inspect.none.advice')}</EmptyState>;
  }
  const parents = board.filter((entry) => deliverable.parentIds.includes(entry.id));
  return (
    <>
      <div className="border-b px-4 py-3">
        <p className="text-12 text-ink-faint">{message(`ideate.${deliverable.content.kind}`)}</p>
        <h2 className="text-15 font-semibold text-balance">{nameCard(deliverable.content)}</h2>
      </div>
      {deliverable.content.kind === 'concept' ? (
        <InspectorSection title={message('ideate.inspect.imagePrompt')}>
          <p className="font-mono text-12 break-words">{deliverable.content.concept.imagePrompt}</p>
        </InspectorSection>
      ) : null}
      <InspectorSection title={message('ideate.inspect.citations')}>
        {deliverable.citations.length === 0 ? (
          <p className="text-12 text-ink-soft">{message('ideate.inspect.citations.none')}</p>
        ) : null}
        <ul className="flex flex-col gap-2.5">
          {deliverable.citations.map(({ field, text }) => (
            <li key={`${field} ${text}`} className="flex gap-2 text-12">
              <Quote size={12} strokeWidth={1.75} aria-hidden className="mt-0.5 shrink-0 text-ink-faint" />
              <span className="min-w-0">
                <span className="block break-words">{text}</span>
                <span className="text-ink-faint">{field}</span>
              </span>
            </li>
          ))}
        </ul>
      </InspectorSection>
      {parents.length > 0 ? (
        <InspectorSection title={message('ideate.inspect.parents')}>
          <ul className="-mx-2 flex flex-col">
            {parents.map((parent) => (
              <li key={parent.id}>
                <button
                  type="button"
                  onClick={() => onActivate(parent.id)}
                  className="flex w-full gap-2 rounded-small px-2 py-1 text-left text-12 hover:bg-hover"
                >
                  <span className="text-ink-faint">{message(`ideate.${parent.content.kind}`)}</span>
                  <span className="min-w-0 truncate">{nameCard(parent.content)}</span>
                </button>
              </li>
            ))}
          </ul>
        </InspectorSection>
      ) : null}
      <Origin deliverable={deliverable} />
    </>
  );
}

function Origin({ deliverable: { origin, createdAtMs } }: { deliverable: Deliverable }) {
  const written = [message('ideate.inspect.written'), formatDateTime(createdAtMs)] as const;
  if (origin.kind === 'edit') {
    return (
      <InspectorSection title={message('ideate.inspect.origin')}>
        <p className="mb-2 text-12">{message('ideate.inspect.edited')}</p>
        <Facts rows={[written]} />
      </InspectorSection>
    );
  }
  return (
    <InspectorSection title={message('ideate.inspect.origin')}>
      <Facts
        rows={[
          [message('ideate.inspect.model'), origin.model],
          [
            message('ideate.inspect.seed'),
            <span key="seed" className="font-mono">
              {origin.seed}
            </span>,
          ],
          [
            message('ideate.inspect.hash'),
            <span key="hash" className="font-mono" title={origin.modelHash}>
              {origin.modelHash.slice(0, 12)}
            </span>,
          ],
          written,
        ]}
      />
      {origin.leftOut === undefined ? null : (
        <>
          <p className="mt-2 text-12 text-pretty text-ink-soft">{message('ideate.inspect.leftOut.advice')}</p>
          <Quoted title={message('ideate.inspect.leftOut')} text={origin.leftOut.join('\n')} />
        </>
      )}
      <Quoted title={message('ideate.inspect.system')} text={origin.system} />
      <Quoted title={message('ideate.inspect.prompt')} text={origin.prompt} />
    </InspectorSection>
  );
}

function Quoted({ title, text }: { title: string; text: string }) {
  return (
    <details className="mt-2 text-12">
      <summary className="text-ink-soft hover:text-ink">{title}</summary>
      <pre className="mt-1 max-h-64 overflow-auto rounded-small border bg-page p-2 font-mono text-11 break-words whitespace-pre-wrap text-ink-soft">
        {text}
      </pre>
    </details>
  );
}
