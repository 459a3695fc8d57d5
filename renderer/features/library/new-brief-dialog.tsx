import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Brief } from '../../../electron/contract/brief.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { dataOfError } from '../../rpc/error-advice.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { briefFields, writeBriefText } from './write-brief-text.ts';
import type { BriefFieldName, BriefFieldValues } from './write-brief-text.ts';

const blank: BriefFieldValues = { name: '', product: '', what: '', audience: '', goal: '' };
/** As in the contract. */
const limits: Record<BriefFieldName, number> = { name: 120, product: 80, what: 300, audience: 300, goal: 300 };

export interface NewBriefDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (brief: Brief) => void;
}

export function NewBriefDialog({ open, onOpenChange, onCreated }: NewBriefDialogProps) {
  const [values, setValues] = useState(blank);
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () => studio.brief.create({ text: writeBriefText(values) }),
    onSuccess: (brief) => {
      setValues(blank);
      setTried(false);
      onCreated(brief);
    },
  });
  const refused = dataOfError(create.error, 'brief.invalid');

  function submit() {
    setTried(true);
    if (briefFields.every((field) => values[field].trim() !== '')) create.mutate();
  }
  function errorOf(field: BriefFieldName): string | null {
    if (refused?.field === field) return `${refused.reason}. ${refused.expected}`;
    return tried && values[field].trim() === '' ? message('library.new.missing') : null;
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('library.new.title')}
      description={message('library.new.advice')}
      closeLabel={message('common.close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{message('common.cancel')}</Button>
          <Button type="submit" form="new-brief" variant="primary" busy={create.isPending}>
            {message('library.new.create')}
          </Button>
        </>
      }
    >
      <form
        id="new-brief"
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {briefFields.map((field) => (
          <TextField
            key={field}
            label={message(`library.new.${field}`)}
            placeholder={message(`library.new.${field}.example`)}
            value={values[field]}
            maxLength={limits[field]}
            error={errorOf(field)}
            onChange={(event) => setValues({ ...values, [field]: event.target.value })}
          />
        ))}
        {create.error && !refused ? <FailureNote error={create.error} onRetry={submit} /> : null}
      </form>
    </Dialog>
  );
}
