import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Connection } from '../../studio/rpc/guard.ts';

const TOKEN_BYTES = 32;
/** Wrong tokens that one address may send within a minute before it has to wait. */
const MAX_TRIES = 10;
const TRIES_WINDOW_MS = 60_000;
/** A browser that was not closed for so long has to use the address with the token again. */
const SESSION_MS = 30 * 24 * 3_600_000;
const MAX_SESSIONS = 1_000;

export type TokenCheck = 'right' | 'wrong' | 'too-many';

export type AccessControl = {
  /** Compares in constant time and counts wrong tries by address. */
  checkToken(token: string, address: string): TokenCheck;
  /** Opens a session and returns its secret, which goes into a cookie and is not kept. */
  openSession(): string;
  /** Who a session secret belongs to, or null. */
  findSession(secret: string | undefined): Connection | null;
};

export type AccessControlOptions = { readonly connection: Connection; readonly nowMs: () => number };

/** Makes the host's access token. Only its SHA-256 stays in memory; the token itself is returned once, to be printed. */
export function createAccessControl({ connection, nowMs }: AccessControlOptions): {
  readonly access: AccessControl;
  readonly token: string;
} {
  const token = makeSecret();
  const tokenHash = hashSecret(token);
  const sessions = new Map<string, { readonly connection: Connection; readonly expiresAtMs: number }>();
  const tries = new Map<string, number[]>();

  function checkToken(candidate: string, address: string): TokenCheck {
    const recent = (tries.get(address) ?? []).filter((atMs) => nowMs() - atMs < TRIES_WINDOW_MS);
    if (recent.length >= MAX_TRIES) return 'too-many';
    if (timingSafeEqual(hashSecret(candidate), tokenHash)) return 'right';
    tries.set(address, [...recent, nowMs()]);
    return 'wrong';
  }

  function openSession(): string {
    const secret = makeSecret();
    sessions.set(hashSecret(secret).toString('hex'), { connection, expiresAtMs: nowMs() + SESSION_MS });
    for (const oldest of sessions.keys()) {
      if (sessions.size <= MAX_SESSIONS) break;
      sessions.delete(oldest);
    }
    return secret;
  }

  function findSession(secret: string | undefined): Connection | null {
    if (secret === undefined || secret === '') return null;
    const session = sessions.get(hashSecret(secret).toString('hex'));
    return session && session.expiresAtMs > nowMs() ? session.connection : null;
  }

  return { access: { checkToken, openSession, findSession }, token };
}

function makeSecret(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
