import { Check, Pencil, RefreshCw, Trash2 } from 'lucide-react';
import type { Deliverable, DeliverableContent } from '../../../electron/contract/ideation.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { CardEditor } from './card-editor.tsx';
import { nameCard } from './card-fields.ts';

export interface DeliverableCardProps {
  deliverable: Deliverable;
  active: boolean;
  /** Whether Tab reaches it: one card of each group. */
  tabbable: boolean;
  editing: boolean;
  saving: boolean;
  canReplace: boolean;
  onActivate: () => void;
  onChoose: () => void;
  onEdit: () => void;
  onSave: (content: DeliverableContent) => void;
  onCancel: () => void;
  onBin: () => void;
  onReplace: () => void;
}

/** One deliverable. A click selects it, and chooses it when it is a concept; its own buttons come with the pointer or the focus. */
export function DeliverableCard(props: DeliverableCardProps) {
  const { deliverable, active, editing } = props;
  const { content, chosen } = deliverable;
  const isConcept = content.kind === 'concept';
  return (
    <article
      data-card={deliverable.id}
      tabIndex={props.tabbable ? 0 : -1}
      aria-label={nameCard(content)}
      onFocus={(event) => event.target === event.currentTarget && props.onActivate()}
      onClick={(event) => {
        if (editing || (event.target instanceof Element && event.target.closest('button'))) return;
        if (isConcept) props.onChoose();
        props.onActivate();
      }}
      onDoubleClick={() => (editing ? undefined : props.onEdit())}
      className={classNames(
        'group relative flex min-w-0 flex-col gap-2 rounded-control border bg-panel p-3.5 text-left transition-colors focus-visible:outline-2',
        chosen ? 'border-accent-text' : active ? 'border-line-strong' : 'hover:border-line-strong',
        editing && 'row-span-2',
      )}
    >
      {editing ? (
        <CardEditor content={content} busy={props.saving} onSave={props.onSave} onCancel={props.onCancel} />
      ) : (
        <>
          <CardText content={content} />
          <CardButtons {...props} />
        </>
      )}
      {isConcept && !editing ? <ChooseMark chosen={chosen} onChoose={props.onChoose} /> : null}
    </article>
  );
}

function ChooseMark({ chosen, onChoose }: { chosen: boolean; onChoose: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      aria-label={message(chosen ? 'ideate.chosen' : 'ideate.choose')}
      tabIndex={-1}
      onClick={onChoose}
      className={classNames(
        'absolute top-3 right-3 inline-flex size-5 items-center justify-center rounded-small border transition-colors',
        chosen
          ? 'border-transparent bg-accent text-accent-ink'
          : 'border-line-strong text-transparent hover:text-ink-faint',
      )}
    >
      <Check size={14} strokeWidth={2.25} aria-hidden />
    </button>
  );
}

function CardButtons({ deliverable, active, canReplace, onEdit, onBin, onReplace }: DeliverableCardProps) {
  const isConcept = deliverable.content.kind === 'concept';
  const whyMayNot = useWhyNot('ideation.edit');
  return (
    <div
      className={classNames(
        'absolute top-2 flex gap-0.5 rounded-control bg-panel pl-1 shadow-[-12px_0_8px_-2px_var(--color-panel)] transition-opacity',
        isConcept ? 'right-10' : 'right-2',
        active ? 'opacity-100' : 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
      )}
    >
      <IconButton
        small
        icon={Pencil}
        label={message('ideate.edit')}
        keys="e"
        blocked={whyMayNot}
        onClick={onEdit}
        tabIndex={active ? 0 : -1}
      />
      {isConcept ? (
        <IconButton
          small
          icon={RefreshCw}
          label={message('ideate.replace')}
          keys="r"
          blocked={whyMayNot ?? (canReplace ? null : message('ideate.busyWriting'))}
          onClick={onReplace}
          tabIndex={active ? 0 : -1}
        />
      ) : null}
      <IconButton
        small
        icon={Trash2}
        label={message('ideate.bin')}
        keys="delete"
        blocked={whyMayNot}
        onClick={onBin}
        tabIndex={active ? 0 : -1}
      />
    </div>
  );
}

function CardText({ content }: { content: DeliverableContent }) {
  if (content.kind === 'concept') {
    const { title, headline, body, callToAction, imagePrompt } = content.concept;
    return (
      <>
        <p className="pr-7 text-12 text-ink-faint">{title}</p>
        <h3 className="text-15 font-semibold text-balance">{headline}</h3>
        <p className="text-13 text-pretty text-ink-soft">{body}</p>
        <p>
          <span className="inline-flex h-6 items-center rounded-full border border-line-strong px-2.5 text-12 font-medium">
            {callToAction}
          </span>
        </p>
        <p className="mt-auto border-t pt-2 text-12 text-pretty text-ink-faint">{imagePrompt}</p>
      </>
    );
  }
  if (content.kind === 'gap') {
    const { title, observation, opportunity } = content.gap;
    return (
      <>
        <h3 className="text-13 font-semibold text-balance">{title}</h3>
        <p className="text-13 text-pretty text-ink-soft">{observation}</p>
        <p className="text-13 text-pretty">{opportunity}</p>
      </>
    );
  }
  const { name, summary, needs, frustrations, quote } = content.persona;
  return (
    <>
      <h3 className="text-15 font-semibold">{name}</h3>
      <p className="text-13 text-pretty text-ink-soft">{summary}</p>
      <blockquote className="border-l-2 border-line-strong pl-3 text-13 text-pretty">{quote}</blockquote>
      <div className="grid grid-cols-2 gap-4 pt-1">
        <PointList title={message('ideate.needs')} points={needs} />
        <PointList title={message('ideate.frustrations')} points={frustrations} />
      </div>
    </>
  );
}

function PointList({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <div>
      <p className="text-12 text-ink-faint">{title}</p>
      <ul className="flex flex-col gap-1 pt-1 text-12 text-ink-soft">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}
