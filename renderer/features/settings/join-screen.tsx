import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Me } from '../../../electron/contract/people.ts';
import { personNameSchema } from '../../../electron/contract/people.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { dataOfError } from '../../rpc/error-advice.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** What stands in place of everything for who holds an invitation and has not said who they are. */
export function JoinScreen({ me, error }: { me: Me | null; error: unknown }) {
  const isPerson = me?.kind === 'person';
  useEffect(() => {
    if (isPerson) enter();
  }, [isPerson]);
  return (
    <main className="flex h-full items-center justify-center overflow-y-auto bg-page p-4">
      <div className="flex w-105 max-w-full flex-col gap-4 rounded-control border bg-panel p-6">
        <img src="./icon.svg" alt="" className="size-7" />
        {error ? <FailureNote error={error} /> : null}
        {me === null && !error ? <Skeleton className="h-40 w-full" /> : null}
        {me?.kind === 'guest' ? <JoinForm guest={me} /> : null}
      </div>
    </main>
  );
}

/** The page begins anew: its connection is that of a guest until then. */
function enter(): void {
  location.hash = '#/library';
  location.reload();
}

function JoinForm({ guest }: { guest: Me & { kind: 'guest' } }) {
  const [name, setName] = useState('');
  const isNew = guest.name === null;
  const joining = useMutation({
    mutationFn: () => studio.people.accept({ name: isNew ? name : null }),
    onSuccess: enter,
  });
  const parsed = personNameSchema.safeParse(name);
  const whyNot = isNew && !parsed.success ? (parsed.error.issues[0]?.message ?? '') : null;
  const isTaken = dataOfError(joining.error, 'person.nameTaken') !== null;
  const role = message(`role.${guest.role}`);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot === null && !joining.isPending) joining.mutate();
      }}
    >
      <div>
        <h1 className="text-20 font-semibold">{message('join.title', { library: guest.libraryName })}</h1>
        <p className="pt-1 text-13 text-ink-soft">
          {message('join.invited', { by: guest.invitedBy, role })}{' '}
          {message('join.role', { role, can: message(`role.${guest.role}.can`) })}
        </p>
      </div>
      {joining.error ? <FailureNote error={joining.error} onRetry={() => joining.mutate()} /> : null}
      {isNew ? (
        <TextField
          label={message('join.name')}
          hint={message('join.hint')}
          value={name}
          autoFocus
          autoComplete="name"
          maxLength={80}
          aria-invalid={isTaken || undefined}
          onChange={(event) => setName(event.target.value)}
        />
      ) : null}
      <Button type="submit" variant="primary" className="self-start" blocked={whyNot} busy={joining.isPending}>
        {isNew ? message('join.do') : message('join.again', { name: guest.name ?? '' })}
      </Button>
    </form>
  );
}
