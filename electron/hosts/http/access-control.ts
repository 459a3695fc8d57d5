import { timingSafeEqual } from 'node:crypto';
import { isStudioError } from '../../contract/errors.ts';
import type { ErrorData } from '../../contract/errors.ts';
import { ownerId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';
import type { Caller, GuestPass } from '../../studio/people/caller.ts';
import { hashSecret, makeSecret } from '../../studio/people/secret.ts';

/** Wrong tokens and codes that one address may send within a minute before it has to wait. */
const MAX_TRIES = 10;
const TRIES_WINDOW_MS = 60_000;
/** A browser of the owner that was not closed for so long has to use the address with the token again. */
const SESSION_MS = 30 * 24 * 3_600_000;
/** How long somebody may think about their name before they have to open the invitation again. */
const GUEST_MS = 60 * 60_000;
const MAX_SESSIONS = 1_000;

export type TokenCheck = 'right' | 'wrong' | 'too-many';
export type InviteCheck = 'open' | 'too-many' | ErrorData<'invite.notOpen'>['why'];

/** Who a secret in a cookie belongs to. `tokenHash` is set where it is a token that the library keeps. */
export type Admitted = { readonly caller: Caller; readonly tokenHash: Uint8Array | null };

export type AccessControl = {
  /** Compares in constant time and counts wrong tries by address. */
  checkToken(token: string, address: string): TokenCheck;
  /** Does not use the code up: programs that look at links for people must not. Counts like wrong tokens. */
  checkInvite(code: string, address: string): InviteCheck;
  /** Opens a session of the owner and returns its secret, which goes into a cookie and is not kept. */
  openSession(): string;
  /** Lets in who holds an invitation, to say who they are; the secret becomes their token when they do. */
  openGuest(code: string): string;
  /** Null for a secret that nobody comes in by, or not any more. */
  find(secret: string | undefined): Admitted | null;
};

export type AccessControlOptions = {
  readonly library: Pick<Library, 'people' | 'invites'>;
  readonly nowMs: () => number;
};

type Session = { readonly caller: Caller; readonly expiresAtMs: number };

/** Which session goes first: the oldest guest's, so that nobody who opens a link again and again pushes the owner out. */
function findSpare(sessions: ReadonlyMap<string, Session>): string {
  const keys = [...sessions.keys()];
  return keys.find((key) => sessions.get(key)?.caller.guest !== undefined) ?? keys[0] ?? '';
}

/**
 * Makes the owner's access token, which lives as long as the host. Only its SHA-256 stays in memory; the token itself is returned once, to be printed.
 * Everybody else comes in by a token that the library keeps as a hash.
 */
export function createAccessControl({ library, nowMs }: AccessControlOptions): {
  readonly access: AccessControl;
  readonly token: string;
} {
  const token = makeSecret();
  const hostHash = hashSecret(token);
  const sessions = new Map<string, Session>();
  const tries = new Map<string, number[]>();
  const recentTries = (address: string) =>
    (tries.get(address) ?? []).filter((atMs) => nowMs() - atMs < TRIES_WINDOW_MS);

  function limitTries<Answer extends string>(
    address: string,
    isRight: (answer: Answer) => boolean,
    check: () => Answer,
  ): Answer | 'too-many' {
    const recent = recentTries(address);
    if (recent.length >= MAX_TRIES) return 'too-many';
    const answer = check();
    if (!isRight(answer)) tries.set(address, [...recent, nowMs()]);
    return answer;
  }

  function open(caller: Caller, secret: string, lastsMs: number): string {
    sessions.set(hashSecret(secret).toString('hex'), { caller, expiresAtMs: nowMs() + lastsMs });
    if (sessions.size > MAX_SESSIONS) sessions.delete(findSpare(sessions));
    return secret;
  }

  function lookAt(codeHash: Uint8Array): Exclude<InviteCheck, 'too-many'> {
    try {
      library.invites.open(codeHash);
      return 'open';
    } catch (error) {
      if (isStudioError(error) && error.code === 'invite.notOpen' && 'why' in error.data) return error.data.why;
      throw error;
    }
  }

  const access: AccessControl = {
    checkToken: (candidate, address) =>
      limitTries(
        address,
        (answer) => answer === 'right',
        () => (timingSafeEqual(hashSecret(candidate), hostHash) ? 'right' : 'wrong'),
      ),
    checkInvite: (code, address) =>
      limitTries(
        address,
        // Whoever opens an old link of theirs guesses nothing.
        (answer) => answer !== 'unknown',
        () => lookAt(hashSecret(code)),
      ),
    openSession: () => open({ personId: ownerId }, makeSecret(), SESSION_MS),
    openGuest: (code) => {
      const secret = makeSecret();
      const guest: GuestPass = { code: hashSecret(code), token: hashSecret(secret) };
      return open({ personId: null, guest }, secret, GUEST_MS);
    },
    find: (secret) => {
      if (secret === undefined || secret === '') return null;
      const hash = hashSecret(secret);
      const session = sessions.get(hash.toString('hex'));
      // A guest who accepted is a person from then on.
      const personId = library.people.ofToken(hash);
      if (personId !== null) return { caller: { personId }, tokenHash: hash };
      if (session === undefined || session.expiresAtMs <= nowMs()) return null;
      const { caller } = session;
      return caller.guest === undefined || lookAt(caller.guest.code) === 'open' ? { caller, tokenHash: null } : null;
    },
  };
  return { access, token };
}
