import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { formatGroups } from '../../../electron/contract/format.ts';
import type { ChannelFormat, FormatId } from '../../../electron/contract/format.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { formatQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { editDraft } from './draft-store.ts';
import { FormSection } from './form-section.tsx';
import { NewFormatDialog } from './new-format-dialog.tsx';
import { RatioGlyph } from './ratio-glyph.tsx';
import type { DraftInHand } from './use-plan-draft.ts';

/** Where the plan's pictures go: those of every library by their use, and its own. */
export function PlanFormats({ inHand: { brief, draft } }: { inHand: DraftInHand }) {
  const { data: formats, error, refetch } = useQuery(formatQueries.list());
  const [adding, setAdding] = useState(false);
  const choose = (chosen: ReadonlySet<FormatId>, known: readonly ChannelFormat[]) =>
    editDraft(brief.id, { formatIds: known.map(({ id }) => id).filter((id) => chosen.has(id)) });
  const toggle = (id: FormatId) => {
    const chosen = new Set(draft.formatIds);
    if (!chosen.delete(id)) chosen.add(id);
    choose(chosen, formats ?? []);
  };
  return (
    <FormSection
      title={message('produce.formats')}
      aside={
        <Button variant="quiet" icon={Plus} onClick={() => setAdding(true)}>
          {message('produce.newFormat')}
        </Button>
      }
    >
      {error ? <FailureNote error={error} onRetry={() => void refetch()} /> : null}
      {formats === undefined ? (
        <div className={grid}>
          {[1, 2, 3, 4].map((key) => (
            <Skeleton key={key} className="h-11.5" />
          ))}
        </div>
      ) : (
        formatGroups.map((group) => (
          <Group
            key={group}
            title={message(`produce.formatGroup.${group}`)}
            formats={formats.filter((format) => format.group === group)}
            chosen={draft.formatIds}
            onToggle={toggle}
          />
        ))
      )}
      {adding ? (
        <NewFormatDialog
          onClose={() => setAdding(false)}
          onAdded={(format) => {
            setAdding(false);
            choose(new Set([...draft.formatIds, format.id]), [...(formats ?? []), format]);
          }}
        />
      ) : null}
    </FormSection>
  );
}

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-2';

interface GroupProps {
  title: string;
  formats: readonly ChannelFormat[];
  chosen: readonly FormatId[];
  onToggle: (id: FormatId) => void;
}

function Group({ title, formats, chosen, onToggle }: GroupProps) {
  if (formats.length === 0) return null;
  return (
    <div role="group" aria-label={title} className="flex flex-col gap-1.5 not-first:mt-1">
      <p className="text-12 text-ink-faint">{title}</p>
      <div className={grid}>
        {formats.map((format) => (
          <FormatCard
            key={format.id}
            format={format}
            pressed={chosen.includes(format.id)}
            onPress={() => onToggle(format.id)}
          />
        ))}
      </div>
    </div>
  );
}

function FormatCard({ format, pressed, onPress }: { format: ChannelFormat; pressed: boolean; onPress: () => void }) {
  return (
    <div className="group/format relative">
      <button
        type="button"
        aria-pressed={pressed}
        onClick={onPress}
        title={format.name}
        className={classNames(
          'flex w-full items-center gap-2.5 rounded-control border px-3 py-1.5 text-left transition-colors',
          pressed ? 'border-accent-text bg-accent-wash' : 'bg-panel hover:border-line-strong',
          format.group === 'own' && 'pr-8',
        )}
      >
        <RatioGlyph format={format} sizePx={22} className={pressed ? 'text-accent-text' : 'text-ink-faint'} />
        <span className="min-w-0">
          <span className="block truncate text-13">{format.name}</span>
          <span className={classNames('block text-11 tabular-nums', pressed ? 'text-ink-soft' : 'text-ink-faint')}>
            {message('produce.formatSize', {
              ratio: format.ratio,
              width: String(format.width),
              height: String(format.height),
            })}
          </span>
        </span>
      </button>
      {format.group === 'own' ? <RemoveOwn format={format} pressed={pressed} onRemoved={onPress} /> : null}
    </div>
  );
}

/** Pictures that were made in it keep it; it only leaves the list. */
function RemoveOwn({
  format: { id, name },
  pressed,
  onRemoved,
}: {
  format: ChannelFormat;
  pressed: boolean;
  onRemoved: () => void;
}) {
  const removing = useMutation({
    mutationFn: () => studio.format.remove({ formatId: id }),
    onSuccess: () => {
      if (pressed) onRemoved();
      return renew({ queryKey: formatQueries.list().queryKey });
    },
  });
  return (
    <IconButton
      icon={X}
      small
      label={message('produce.removeFormat', { name })}
      onClick={() => removing.isPending || removing.mutate()}
      className="absolute top-1/2 right-1.5 -translate-y-1/2"
    />
  );
}
