import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { Person } from '../../../electron/contract/people.ts';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { message } from '../../lib/messages/message.ts';
import { peopleQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteList } from './invite-list.tsx';
import { RuleSection } from './rule-section.tsx';
import { PeopleTable } from './people-table.tsx';

/** What holds for the whole library: who may come in and as what. */
export function SettingsScreen() {
  /** Whom the dialog invites: somebody new, or somebody again. */
  const [inviting, setInviting] = useState<Person | 'new' | null>(null);
  const people = useQuery(peopleQueries.list());
  const whyNot = useWhyNot('people.invite');
  const invite = () => setInviting('new');
  useActions([
    { id: 'settings.invite', title: message('settings.invite.action'), keys: ['n'], scope: 'settings', run: invite },
  ]);
  const present = people.data?.filter(({ takenBackAtMs }) => takenBackAtMs === null).length ?? 0;
  return (
    <Screen
      title={message('settings.title')}
      context={
        people.data ? (
          <span className="text-12 text-ink-faint">{message('settings.people.context', { count: present })}</span>
        ) : null
      }
      actions={
        <Button icon={UserPlus} variant="primary" keys="n" blocked={whyNot} onClick={invite}>
          {message('settings.invite')}
        </Button>
      }
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5">
        <div className="flex max-w-240 flex-col gap-8">
          <section aria-labelledby="settings-people">
            <h2 id="settings-people" className="text-15 font-semibold">
              {message('settings.people')}
            </h2>
            <p className="pb-3 text-12 text-ink-soft">{message('settings.people.advice')}</p>
            <PeopleTable people={people} onInviteAgain={setInviting} />
          </section>
          {whyNot === null ? <InviteList /> : null}
          <RuleSection />
        </div>
      </div>
      {inviting === null ? null : (
        <InviteDialog person={inviting === 'new' ? null : inviting} onClose={() => setInviting(null)} />
      )}
    </Screen>
  );
}
