import { StudioError } from '../../contract/errors.ts';
import { inviteIdSchema, ownerId } from '../../contract/identifiers.ts';
import { personNameSchema } from '../../contract/people.ts';
import type { Invite, Person } from '../../contract/people.ts';
import { verdictRuleSchema } from '../../contract/review.ts';
import { roles } from '../../contract/role.ts';
import type { Role } from '../../contract/role.ts';
import type { Library } from '../../library/library.ts';
import { invitePerson } from '../../studio/people/invite-person.ts';
import { inAddress, listAddresses } from '../http/own-addresses.ts';
import { DEFAULT_PORT } from '../http/start-server.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type InvitePersonOptions = {
  readonly role: Role;
  readonly days: number;
  /** Somebody who is there already, by name or id. */
  readonly again?: string;
  /** Where the studio is or will be served ("https://studio.local:4870"). */
  readonly at?: string;
};

export async function listPeople({ open, terminal }: CommandCall): Promise<number> {
  const { library } = (await open()).studio.context;
  const [people, invites] = [library.people.list(), library.invites.list()];
  terminal.table([
    ...people.map((person) => [person.name, describePerson(person)] as const),
    ...invites.map((invite) => ['invited', describeInvite(invite, library)] as const),
  ]);
  terminal.result({ people, invites });
  return exitCodes.ok;
}

/** @throws person.notFound, input.invalid */
export async function inviteByLink(
  { role, days, again, at }: InvitePersonOptions,
  { open, terminal, askedBy }: CommandCall,
): Promise<number> {
  const { context } = (await open()).studio;
  const person = again === undefined ? null : findPerson(context.library, again);
  const served = context.facts.addresses();
  const addresses = at === undefined ? (served.length > 0 ? served : likelyAddresses()) : [readAddress(at)];
  const made = invitePerson(context, { role, days, personId: person?.id ?? null, invitedBy: askedBy }, addresses);
  terminal.table([
    ['role', made.invite.role],
    ['works once, until', new Date(made.invite.expiresAtMs).toISOString()],
    ...made.links.map((link) => ['link', link] as const),
  ]);
  if (at === undefined && served.length === 0)
    terminal.say(
      'The link works while the studio is served there: `housestyle serve --host 0.0.0.0`, best with --tls; then the link begins with https. --at names another address.',
    );
  terminal.result(made);
  return exitCodes.ok;
}

/** @throws person.notFound, person.isOwner */
export async function changeRole(who: string, role: string, { open, terminal }: CommandCall): Promise<number> {
  const wanted = roles.find((known) => known === role);
  if (wanted === undefined) throw refuse('role', `"${role}" is no role. Expected one of ${roles.join(', ')}`);
  const { library } = (await open()).studio.context;
  return show(library.people.setRole(findPerson(library, who).id, wanted), terminal);
}

/** @throws person.notFound, person.nameTaken, input.invalid */
export async function changeName(who: string, name: string, { open, terminal }: CommandCall): Promise<number> {
  const wanted = personNameSchema.safeParse(name);
  if (!wanted.success) throw refuse('name', wanted.error.issues[0]?.message ?? 'this is no name');
  const { library } = (await open()).studio.context;
  return show(library.people.rename(findPerson(library, who).id, wanted.data), terminal);
}

/** Of a person or, by its id, of an invitation. @throws person.notFound, person.isOwner */
export async function takeBackRights(who: string, { open, terminal }: CommandCall): Promise<number> {
  const { library } = (await open()).studio.context;
  const inviteId = inviteIdSchema.safeParse(who).data;
  if (inviteId !== undefined && library.invites.list().some(({ id }) => id === inviteId)) {
    const takenBack = library.invites.takeBack(inviteId);
    terminal.table([['taken back', 'the invitation']]);
    terminal.result({ takenBack });
    return exitCodes.ok;
  }
  return show(library.people.takeBack(findPerson(library, who).id), terminal);
}

export type RuleOptions = { readonly count?: number; readonly role?: string };

/** Shows the rule by which a status follows from several verdicts, or sets it. @throws input.invalid */
export async function verdictRule(
  kind: string | undefined,
  options: RuleOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  const { verdicts } = (await open()).studio.context.library;
  const wanted = kind === undefined ? null : verdictRuleSchema.safeParse({ kind, ...options });
  if (wanted?.success === false)
    throw refuse(
      'rule',
      'Expected newest, unanimous, quorum --count <2 to 20>, or role --role <reviewer, producer or admin>',
    );
  const changed = wanted === null ? 0 : verdicts.setRule(wanted.data);
  const rule = verdicts.rule();
  terminal.table([
    ...Object.entries(rule).map(([name, value]) => [name === 'kind' ? 'rule' : name, String(value)] as const),
    ...(wanted === null ? [] : [['images with another status now', String(changed)] as const]),
  ]);
  terminal.result({ rule, changed });
  return exitCodes.ok;
}

function show(person: Person, terminal: CommandCall['terminal']): number {
  terminal.table([[person.name, describePerson(person)]]);
  terminal.result({ person });
  return exitCodes.ok;
}

/** By id, else by a name that one alone has. */
function findPerson({ people }: Pick<Library, 'people'>, who: string): Person {
  const wanted = who.toLocaleLowerCase();
  const all = people.list();
  const found =
    all.find(({ id }) => id === who) ??
    all.find(({ name, takenBackAtMs }) => takenBackAtMs === null && name.toLocaleLowerCase() === wanted) ??
    all.find(({ name }) => name.toLocaleLowerCase() === wanted);
  if (found === undefined)
    throw new StudioError('person.notFound', `There is no ${who} here; \`housestyle people\` lists everybody.`, {
      id: who,
    });
  return found;
}

function describePerson({ id, role, lastSeenMs, takenBackAtMs }: Person): string {
  const parts = [id === ownerId ? `${role}, owner of this machine` : role];
  if (takenBackAtMs !== null) parts.push(`rights taken back ${day(takenBackAtMs)}`);
  else parts.push(lastSeenMs === null ? 'never seen' : `last seen ${day(lastSeenMs)}`);
  return [...parts, id].join(', ');
}

function describeInvite({ id, role, personId, expiresAtMs }: Invite, { people }: Pick<Library, 'people'>): string {
  const whom = personId === null ? '' : ` for ${people.get(personId).name}`;
  return `${role}${whom}, until ${day(expiresAtMs)}, ${id}`;
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Where `serve --host 0.0.0.0` listens. */
function likelyAddresses(): string[] {
  return [...listAddresses(), '127.0.0.1'].map((name) => `http://${inAddress(name)}:${DEFAULT_PORT}`);
}

function readAddress(text: string): string {
  const parsed = URL.parse(text);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:'))
    throw refuse('at', `--at: "${text}" is no address. Expected something like https://studio.local:${DEFAULT_PORT}`);
  return parsed.origin;
}

function refuse(path: string, message: string): StudioError {
  return new StudioError('input.invalid', `${message}.`, { issues: [{ path, message }] });
}
