import { useMutation } from '@tanstack/react-query';
import type { Person } from '../../../electron/contract/people.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asked first, because it cannot be taken back itself: they would have to be invited anew. */
export function TakeBackDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const { id, name } = person;
  const takingBack = useMutation({
    mutationFn: () => studio.people.takeBack({ personId: id }),
    onSuccess: () => {
      showToast({ title: message('settings.people.takeBack.done', { name }) });
      onClose();
    },
  });
  return (
    <Dialog
      open
      isText
      onOpenChange={onClose}
      title={message('settings.people.takeBack', { name })}
      closeLabel={message('common.close')}
      widthPx={420}
      footer={
        <>
          <Button onClick={onClose}>{message('settings.people.takeBack.no')}</Button>
          <Button variant="danger" busy={takingBack.isPending} onClick={() => takingBack.mutate()}>
            {message('settings.people.takeBack.yes')}
          </Button>
        </>
      }
    >
      {takingBack.error ? <FailureNote error={takingBack.error} className="mb-3" /> : null}
      <p className="text-13">{message('settings.people.takeBack.ask', { name })}</p>
    </Dialog>
  );
}
