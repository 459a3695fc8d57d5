import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChannelFormat, NewFormat } from '../../../electron/contract/format.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { formatQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { formatUnits, readFormatMeasures } from './format-measures.ts';
import type { FormatMeasures } from './format-measures.ts';
import { RatioGlyph } from './ratio-glyph.tsx';

export interface NewFormatDialogProps {
  onClose: () => void;
  onAdded: (format: ChannelFormat) => void;
}

const blank: FormatMeasures = { name: '', unit: 'px', width: '', height: '', dpi: '300' };

/** A size of one's own, in pixels, or in millimetres at a resolution. */
export function NewFormatDialog({ onClose, onAdded }: NewFormatDialogProps) {
  const [measures, setMeasures] = useState(blank);
  const { format, problem } = readFormatMeasures(measures);
  const adding = useMutation({
    mutationFn: (wanted: NewFormat) => studio.format.add(wanted),
    onSuccess: async (added) => {
      await renew({ queryKey: formatQueries.list().queryKey });
      onAdded(added);
    },
  });
  const change = (part: Partial<FormatMeasures>) => setMeasures((before) => ({ ...before, ...part }));
  const add = () => format && !adding.isPending && adding.mutate(format);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={message('produce.newFormat')}
      description={message('produce.newFormat.advice')}
      closeLabel={message('common.close')}
      widthPx={420}
      footer={
        <>
          <Button onClick={onClose}>{message('common.cancel')}</Button>
          <Button
            variant="primary"
            blocked={format === null ? (problem ?? message('produce.newFormat.hint')) : null}
            busy={adding.isPending}
            onClick={add}
          >
            {message('produce.newFormat.add')}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField
          label={message('produce.newFormat.name')}
          value={measures.name}
          maxLength={60}
          onChange={(event) => change({ name: event.target.value })}
        />
        <Lengths measures={measures} onChange={change} />
        <Outcome format={format} problem={problem} />
        {adding.error ? <FailureNote error={adding.error} /> : null}
        {/* Enter adds it from every field. */}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}

function Lengths({
  measures,
  onChange,
}: {
  measures: FormatMeasures;
  onChange: (part: Partial<FormatMeasures>) => void;
}) {
  return (
    <div className="grid grid-cols-4 gap-3">
      <TextField
        label={message('produce.newFormat.width')}
        inputMode="decimal"
        value={measures.width}
        onChange={(event) => onChange({ width: event.target.value })}
      />
      <TextField
        label={message('produce.newFormat.height')}
        inputMode="decimal"
        value={measures.height}
        onChange={(event) => onChange({ height: event.target.value })}
      />
      <Select
        label={message('produce.newFormat.unit')}
        value={measures.unit}
        onChange={(unit) => onChange({ unit })}
        options={formatUnits.map((unit) => ({ value: unit, label: message(`produce.newFormat.unit.${unit}`) }))}
      />
      <TextField
        label={message('produce.newFormat.dpi')}
        inputMode="numeric"
        value={measures.unit === 'mm' ? measures.dpi : ''}
        disabled={measures.unit === 'px'}
        title={measures.unit === 'px' ? message('produce.newFormat.dpiUnused') : undefined}
        onChange={(event) => onChange({ dpi: event.target.value })}
      />
    </div>
  );
}

function Outcome({ format, problem }: { format: NewFormat | null; problem: string | null }) {
  if (problem !== null)
    return (
      <p role="alert" className="text-12 text-rejected">
        {problem}
      </p>
    );
  if (format === null) return <p className="text-12 text-ink-faint">{message('produce.newFormat.hint')}</p>;
  return (
    <p className="flex items-center gap-2 text-12 text-ink-soft tabular-nums">
      <RatioGlyph format={format} sizePx={22} className="text-ink-faint" />
      {message('produce.newFormat.pixels', { width: String(format.width), height: String(format.height) })}
    </p>
  );
}
