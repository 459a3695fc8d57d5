import { z } from 'zod';
import { inviteIdSchema, personIdSchema, timestampMsSchema } from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';
import { roleSchema } from './role.ts';

/** As others read it beside a verdict. */
export const personNameSchema = z
  .string()
  .trim()
  .min(1, 'a name has at least one letter')
  .max(80, 'a name has at most 80 letters')
  .refine((name) => !/\p{Cc}/u.test(name), 'a name is one line of text');

export const personSchema = z.strictObject({
  id: personIdSchema,
  name: personNameSchema,
  role: roleSchema,
  createdAtMs: timestampMsSchema,
  /** When they last came in; null for never. */
  lastSeenMs: timestampMsSchema.nullable(),
  /** Since when they may not come in any more; their verdicts stay. */
  takenBackAtMs: timestampMsSchema.nullable(),
});
export type Person = z.infer<typeof personSchema>;

/** A code that works once, until it runs out. The code itself is told when it is made and never again. */
export const inviteSchema = z.strictObject({
  id: inviteIdSchema,
  role: roleSchema,
  /** Set where it lets somebody in again who has a row already: another browser, a lost one. */
  personId: personIdSchema.nullable(),
  invitedBy: z.string(),
  createdAtMs: timestampMsSchema,
  expiresAtMs: timestampMsSchema,
});
export type Invite = z.infer<typeof inviteSchema>;

/** Longest time that an invitation stands open. */
export const MAX_INVITE_DAYS = 30;
export const DEFAULT_INVITE_DAYS = 7;

export const meSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), person: personSchema }),
  /** Has opened an invitation and not said yet who they are. `name` is set where they have a row already. */
  z.strictObject({
    kind: z.literal('guest'),
    role: roleSchema,
    libraryName: z.string(),
    invitedBy: z.string(),
    name: z.string().nullable(),
  }),
]);
export type Me = z.infer<typeof meSchema>;

export const invitationSchema = z.strictObject({
  invite: inviteSchema,
  code: z.string(),
  /** Addresses that hold the code, those that other machines reach first. None where the studio listens to nobody. */
  links: z.array(z.string()),
});
export type Invitation = z.infer<typeof invitationSchema>;

const ofPerson = z.strictObject({ personId: personIdSchema });

export const peopleContract = {
  /** Who the studio takes this connection for. */
  me: procedure('invite.notOpen').input(emptySchema).output(meSchema),
  /** Makes the guest a person; from now on the same browser comes in as that person. `name` is not asked of who has a row already. */
  accept: procedure('invite.notOpen', 'person.nameTaken')
    .input(z.strictObject({ name: personNameSchema.nullable() }))
    .output(personSchema),
  /** Everybody who ever joined, the owner first: verdicts of those who may not come in any more keep their names. */
  list: procedure().input(emptySchema).output(z.array(personSchema)),
  /** Oneself; an admin anybody. */
  rename: procedure('person.notFound', 'person.nameTaken')
    .input(ofPerson.extend({ name: personNameSchema }))
    .output(personSchema),
  /** Those that are open: not used, not run out, not taken back. */
  invites: procedure().input(emptySchema).output(z.array(inviteSchema)),
  /** With a person, a link for somebody who is there already; the role is theirs then. */
  invite: procedure('person.notFound')
    .input(
      z.strictObject({
        role: roleSchema,
        personId: personIdSchema.nullable().default(null),
        days: z.int().min(1).max(MAX_INVITE_DAYS).default(DEFAULT_INVITE_DAYS),
      }),
    )
    .output(invitationSchema),
  setRole: procedure('person.notFound', 'person.isOwner')
    .input(ofPerson.extend({ role: roleSchema }))
    .output(personSchema),
  /** Ends what they have open, at once and for good. */
  takeBack: procedure('person.notFound', 'person.isOwner').input(ofPerson).output(personSchema),
  takeBackInvite: procedure('invite.notFound')
    .input(z.strictObject({ inviteId: inviteIdSchema }))
    .output(z.strictObject({ takenBack: z.boolean() })),
};
