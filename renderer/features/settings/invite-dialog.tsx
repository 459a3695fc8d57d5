import { useMutation } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { DEFAULT_INVITE_DAYS } from '../../../electron/contract/people.ts';
import type { Invitation, Person } from '../../../electron/contract/people.ts';
import { roles } from '../../../electron/contract/role.ts';
import type { Role } from '../../../electron/contract/role.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { controlFrame, Field } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { classNames } from '../../lib/class-names.ts';
import { roleTitle } from './role-title.ts';

const dayChoices = ['1', '7', '30'] as const;

/** Makes a link: for somebody new, or for another browser of somebody who is there. */
export function InviteDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const [role, setRole] = useState<Role>('reviewer');
  const [days, setDays] = useState<(typeof dayChoices)[number]>(`${DEFAULT_INVITE_DAYS}`);
  const inviting = useMutation({
    mutationFn: () => studio.people.invite({ role, personId: person?.id ?? null, days: Number(days) }),
  });
  const made = inviting.data;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={
        person === null
          ? message('settings.invite.title')
          : message('settings.invite.titleAgain', { name: person.name })
      }
      description={message(person === null ? 'settings.invite.advice' : 'settings.invite.adviceAgain')}
      closeLabel={message('common.close')}
      footer={
        made ? (
          <Button onClick={onClose}>{message('common.close')}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{message('common.cancel')}</Button>
            <Button variant="primary" busy={inviting.isPending} onClick={() => inviting.mutate()}>
              {message('settings.invite.make')}
            </Button>
          </>
        )
      }
    >
      {inviting.error ? <FailureNote error={inviting.error} className="mb-3" /> : null}
      {made ? (
        <MadeLink made={made} />
      ) : (
        <div className="flex flex-wrap gap-3">
          {person === null ? (
            <Select
              label={message('settings.people.role')}
              className="min-w-40 flex-1"
              value={role}
              options={roles.map((value) => ({ value, label: roleTitle(value) }))}
              onChange={setRole}
              hint={message('join.role', { role: message(`role.${role}`), can: message(`role.${role}.can`) })}
            />
          ) : null}
          <Select
            label={message('settings.invite.days')}
            className="w-40"
            value={days}
            options={dayChoices.map((value) => ({
              value,
              label: message('settings.invite.dayCount', { count: Number(value) }),
            }))}
            onChange={setDays}
          />
        </div>
      )}
    </Dialog>
  );
}

function MadeLink({ made: { links, code } }: { made: Invitation }) {
  const [link] = links;
  const isOnlyHere = link !== undefined && /^https?:\/\/(127\.|localhost|\[::1\])/.test(link);
  return (
    <div className="flex flex-col gap-3">
      <CopyField
        label={message(link === undefined ? 'settings.invite.code' : 'settings.invite.link')}
        text={link ?? code}
      />
      <p className="text-12 text-ink-soft">{message('settings.invite.once')}</p>
      {link === undefined ? <p className="text-12 text-ink-soft">{message('settings.invite.noDoor')}</p> : null}
      {isOnlyHere ? <p className="text-12 text-ink-soft">{message('settings.invite.onlyHere')}</p> : null}
    </div>
  );
}

/** The text stays selectable: a browser without a secure line has no clipboard for pages. */
function CopyField({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (!window.isSecureContext) return;
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <div className="flex items-end gap-2">
      <Field label={label} className="min-w-0 flex-1">
        {(ids) => (
          <input
            type="text"
            {...ids}
            readOnly
            value={text}
            onFocus={(event) => event.currentTarget.select()}
            className={classNames(controlFrame, 'h-7 font-mono text-12')}
          />
        )}
      </Field>
      {window.isSecureContext ? (
        <Button icon={isCopied ? Check : Copy} onClick={() => void copy()}>
          {message(isCopied ? 'settings.invite.copied' : 'settings.invite.copy')}
        </Button>
      ) : null}
    </div>
  );
}
