import { useMutation, useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import type { InviteId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { peopleQueries } from '../../rpc/queries.ts';
import { studio } from '../../rpc/studio.ts';
import { usePersonNames } from '../../rpc/use-person-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';

import { roleTitle } from './role-title.ts';

/** Links that nobody has used yet. */
export function InviteList() {
  const invites = useQuery(peopleQueries.invites());
  const nameOf = usePersonNames();
  const takingBack = useMutation({
    mutationFn: (inviteId: InviteId) => studio.people.takeBackInvite({ inviteId }),
  });
  const problem = invites.error ?? takingBack.error;
  return (
    <section aria-labelledby="settings-invites">
      <h2 id="settings-invites" className="pb-1 text-15 font-semibold">
        {message('settings.invites')}
      </h2>
      {problem ? <FailureNote error={problem} className="my-2" /> : null}
      {invites.data?.length === 0 ? <p className="text-12 text-ink-soft">{message('settings.invites.none')}</p> : null}
      <ul>
        {invites.data?.map(({ id, role, personId, invitedBy, expiresAtMs }) => (
          <li key={id} className="flex min-h-8 items-center gap-3 border-b py-1 text-13 last:border-b-0">
            <span className="w-24 shrink-0">{roleTitle(role)}</span>
            <span className="min-w-0 flex-1 text-ink-soft">
              {[
                personId === null
                  ? message('settings.invites.from', { by: nameOf(invitedBy) })
                  : message('settings.invites.for', { name: nameOf(personId), by: nameOf(invitedBy) }),
                message('settings.invites.until', { until: formatDateTime(expiresAtMs) }),
              ].join(', ')}
            </span>
            <IconButton
              icon={X}
              small
              label={message('settings.invites.takeBack')}
              onClick={() => takingBack.mutate(id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
