import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../electron/contract/people.ts';
import { personNameSchema } from '../../../electron/contract/people.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

export function RenameDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const [name, setName] = useState(person.name);
  const saving = useMutation({
    mutationFn: () => studio.people.rename({ personId: person.id, name }),
    onSuccess: onClose,
  });
  const parsed = personNameSchema.safeParse(name);
  const whyNot = parsed.success ? null : (parsed.error.issues[0]?.message ?? '');
  const save = () => {
    if (whyNot === null && !saving.isPending) saving.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={message('settings.people.rename', { name: person.name })}
      closeLabel={message('common.close')}
      widthPx={420}
      footer={
        <>
          <Button onClick={onClose}>{message('common.cancel')}</Button>
          <Button variant="primary" blocked={whyNot} busy={saving.isPending} onClick={save}>
            {message('settings.people.save')}
          </Button>
        </>
      }
    >
      {saving.error ? <FailureNote error={saving.error} className="mb-3" /> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={message('settings.people.newName')}
          hint={message('settings.people.newName.hint')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
