import type { UseQueryResult } from '@tanstack/react-query';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link2, Pencil, UserX } from 'lucide-react';
import { useState } from 'react';
import { ownerId } from '../../../electron/contract/identifiers.ts';
import type { PersonId } from '../../../electron/contract/identifiers.ts';
import type { Person } from '../../../electron/contract/people.ts';
import { roles } from '../../../electron/contract/role.ts';
import type { Role } from '../../../electron/contract/role.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { peopleQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { studio } from '../../rpc/studio.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Cell, HeadCell, Table } from '../../ui/table.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { roleTitle } from './role-title.ts';
import { TakeBackDialog } from './take-back-dialog.tsx';

export interface PeopleTableProps {
  people: UseQueryResult<Person[]>;
  onInviteAgain: (person: Person) => void;
}

/** Everybody who ever joined; what may not be done says why. */
export function PeopleTable({ people, onInviteAgain }: PeopleTableProps) {
  const me = useQuery(peopleQueries.me());
  const [asked, setAsked] = useState<{ what: 'rename' | 'takeBack'; person: Person } | null>(null);
  const myId = me.data?.kind === 'person' ? me.data.person.id : null;
  if (people.error) return <FailureNote error={people.error} onRetry={() => void people.refetch()} />;
  if (people.data === undefined) return <Skeleton className="h-32 w-full" />;
  return (
    <>
      <Table>
        <thead>
          <tr>
            <HeadCell>{message('settings.people.name')}</HeadCell>
            <HeadCell className="w-40">{message('settings.people.role')}</HeadCell>
            <HeadCell className="w-40 max-columns:hidden">{message('settings.people.seen')}</HeadCell>
            <HeadCell className="w-28" aria-label={message('settings.people')} />
          </tr>
        </thead>
        <tbody>
          {people.data.map((person) => (
            <PersonRow
              key={person.id}
              person={person}
              myId={myId}
              onRename={() => setAsked({ what: 'rename', person })}
              onTakeBack={() => setAsked({ what: 'takeBack', person })}
              onInviteAgain={() => onInviteAgain(person)}
            />
          ))}
        </tbody>
      </Table>
      {asked?.what === 'rename' ? <RenameDialog person={asked.person} onClose={() => setAsked(null)} /> : null}
      {asked?.what === 'takeBack' ? <TakeBackDialog person={asked.person} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

interface PersonRowProps {
  person: Person;
  myId: PersonId | null;
  onRename: () => void;
  onTakeBack: () => void;
  onInviteAgain: () => void;
}

function PersonRow({ person, myId, onRename, onTakeBack, onInviteAgain }: PersonRowProps) {
  const { id, name, lastSeenMs, takenBackAtMs } = person;
  const whyNotOthers = useWhyNot('people.takeBack');
  const whyNotTakeBack = whyNotOthers ?? (id === ownerId ? message('settings.people.ownerStays') : null);
  const isGone = takenBackAtMs !== null;
  return (
    <tr>
      <Cell className="py-2">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <span className={isGone ? 'text-ink-faint line-through' : 'font-medium'}>{name}</span>
          {id === myId ? <Badge tone="accent">{message('settings.people.you')}</Badge> : null}
          {id === ownerId ? <Badge>{message('settings.people.owner')}</Badge> : null}
        </div>
      </Cell>
      <Cell className="py-1">
        {isGone ? (
          <span className="inline-block py-1 text-ink-faint">{roleTitle(person.role)}</span>
        ) : (
          <RoleChoice person={person} />
        )}
      </Cell>
      <Cell className="tabular py-2 text-ink-soft max-columns:hidden">
        {isGone
          ? message('settings.people.gone', { ago: formatAgo(takenBackAtMs) })
          : lastSeenMs === null
            ? message('settings.people.never')
            : formatAgo(lastSeenMs)}
      </Cell>
      <Cell className="py-1">
        {isGone ? null : (
          <div className="flex justify-end gap-0.5">
            <IconButton
              icon={Pencil}
              label={message('settings.people.rename', { name })}
              blocked={id === myId ? null : whyNotOthers}
              onClick={onRename}
            />
            <IconButton
              icon={Link2}
              label={message('settings.people.again', { name })}
              blocked={whyNotOthers}
              onClick={onInviteAgain}
            />
            <IconButton
              icon={UserX}
              label={message('settings.people.takeBack', { name })}
              blocked={whyNotTakeBack}
              onClick={onTakeBack}
            />
          </div>
        )}
      </Cell>
    </tr>
  );
}

/** A list for who may change it, else the word alone: most people never change a role. */
function RoleChoice({ person: { id, name, role } }: { person: Person }) {
  const whyNot = useWhyNot('people.setRole') ?? (id === ownerId ? message('settings.people.ownerStays') : null);
  const changing = useMutation({
    mutationFn: (next: Role) => studio.people.setRole({ personId: id, role: next }),
  });
  if (whyNot !== null)
    return (
      <span className="inline-block py-1" title={whyNot}>
        {roleTitle(role)}
      </span>
    );
  return (
    <>
      <Select
        label={message('settings.people.roleOf', { name })}
        labelHidden
        value={role}
        options={roles.map((value) => ({ value, label: roleTitle(value) }))}
        onChange={changing.mutate}
      />
      {changing.error ? <FailureNote error={changing.error} className="mt-1" /> : null}
    </>
  );
}
