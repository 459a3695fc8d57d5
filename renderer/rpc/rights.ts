import { useQuery } from '@tanstack/react-query';
import { authorisation } from '../../electron/contract/authorisation.ts';
import type { StudioContract } from '../../electron/contract/index.ts';
import { isAllowed } from '../../electron/contract/role.ts';
import type { Right } from '../../electron/contract/role.ts';
import { message } from '../lib/messages/message.ts';
import { peopleQueries } from './queries.ts';

/** "topic.verb" of the contract. */
export type ProcedureName = {
  [Topic in keyof StudioContract]: `${Topic}.${keyof StudioContract[Topic] & string}`;
}[keyof StudioContract];

const neededRights: Readonly<Record<string, Readonly<Record<string, Right>>>> = authorisation;

function neededFor(procedure: ProcedureName): Right {
  const [topic = '', verb = ''] = procedure.split('.');
  return neededRights[topic]?.[verb] ?? 'admin';
}

/** What whoever looks may do. Until the studio has said it nothing is held back here: the studio itself refuses what may not be. */
export function useRight(): Right {
  const { data } = useQuery(peopleQueries.me());
  if (data === undefined) return 'admin';
  return data.kind === 'person' ? data.person.role : 'guest';
}

export function mayCall(right: Right, procedure: ProcedureName): boolean {
  return isAllowed(right, neededFor(procedure));
}

/** What a right is missing for a call; null where nothing is. For `blocked` of controls. */
export function whyNot(right: Right, procedure: ProcedureName): string | null {
  if (mayCall(right, procedure)) return null;
  return message('rights.blocked', {
    role: message(`role.${right}`),
    needed: message(`role.${neededFor(procedure)}`),
  });
}

/** The same for whoever looks. */
export function useWhyNot(procedure: ProcedureName): string | null {
  return whyNot(useRight(), procedure);
}
