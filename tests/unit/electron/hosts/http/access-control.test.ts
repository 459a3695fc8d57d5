import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../electron/contract/errors.ts';
import { personIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { createAccessControl } from '../../../../../electron/hosts/http/access-control.ts';
import type { AccessControlOptions } from '../../../../../electron/hosts/http/access-control.ts';
import { hashSecret } from '../../../../../electron/studio/people/secret.ts';

const ada = personIdSchema.parse('0'.repeat(26));

/** A library with one open invitation, and with those tokens that a test puts in. */
function create() {
  let nowMs = 1_000_000;
  const tokens = new Map<string, typeof ada>();
  const library = {
    people: { ofToken: (hash: Uint8Array) => tokens.get(Buffer.from(hash).toString('hex')) ?? null },
    invites: {
      open: (hash: Uint8Array) => {
        const why = Buffer.from(hash).equals(hashSecret('spent')) ? 'used' : 'unknown';
        if (!Buffer.from(hash).equals(hashSecret('code'))) throw new StudioError('invite.notOpen', why, { why });
      },
    },
  } as unknown as AccessControlOptions['library'];
  return {
    ...createAccessControl({ library, nowMs: () => nowMs }),
    pass: (ms: number) => (nowMs += ms),
    keep: (secret: string) => tokens.set(hashSecret(secret).toString('hex'), ada),
    forget: () => tokens.clear(),
  };
}

describe('createAccessControl', () => {
  it('takes its own token and no other', () => {
    const { access, token } = create();
    expect(access.checkToken(token, 'a')).toBe('right');
    expect(access.checkToken(`${token}x`, 'a')).toBe('wrong');
    expect(access.checkToken('', 'a')).toBe('wrong');
    expect(create().access.checkToken(token, 'a')).toBe('wrong');
  });

  it('counts wrong tries for each address and forgives after a minute', () => {
    const { access, token, pass } = create();
    for (let index = 0; index < 10; index += 1) expect(access.checkToken('no', 'a')).toBe('wrong');
    expect(access.checkToken(token, 'a')).toBe('too-many');
    expect(access.checkToken(token, 'b')).toBe('right');
    pass(60_001);
    expect(access.checkToken(token, 'a')).toBe('right');
  });

  it('counts wrong codes together with wrong tokens, and no code that was right once', () => {
    const { access, token } = create();
    for (let index = 0; index < 20; index += 1) expect(access.checkInvite('spent', 'a')).toBe('used');
    for (let index = 0; index < 5; index += 1) expect(access.checkToken('no', 'a')).toBe('wrong');
    for (let index = 0; index < 5; index += 1) expect(access.checkInvite('no', 'a')).toBe('unknown');
    expect(access.checkInvite('code', 'a')).toBe('too-many');
    expect(access.checkToken(token, 'a')).toBe('too-many');
    expect(access.checkInvite('code', 'b')).toBe('open');
  });

  it("knows the owner's session by its secret until it ends", () => {
    const { access, pass } = create();
    const secret = access.openSession();
    expect(access.find(secret)).toEqual({ caller: { personId: 'owner' }, tokenHash: null });
    expect(access.find(undefined)).toBeNull();
    expect(access.find('')).toBeNull();
    expect(access.find(secret.slice(1))).toBeNull();
    pass(31 * 24 * 3_600_000);
    expect(access.find(secret)).toBeNull();
  });

  it('keeps the owner in, however often somebody opens an invitation', () => {
    const { access } = create();
    const secret = access.openSession();
    for (let index = 0; index < 1_010; index += 1) access.openGuest('code');
    expect(access.find(secret)).toMatchObject({ caller: { personId: 'owner' } });
    expect(access.find(access.openGuest('code'))).toMatchObject({ caller: { personId: null } });
  });

  it('takes a guest for one until the library knows the secret as a token, and for nobody when it is taken back', () => {
    const { access, keep, forget, pass } = create();
    const secret = access.openGuest('code');
    const guest = { code: hashSecret('code'), token: hashSecret(secret) };
    expect(access.find(secret)).toEqual({ caller: { personId: null, guest }, tokenHash: null });
    keep(secret);
    expect(access.find(secret)).toEqual({ caller: { personId: ada }, tokenHash: hashSecret(secret) });
    forget();
    pass(3_600_001);
    expect(access.find(secret)).toBeNull();
  });
});
