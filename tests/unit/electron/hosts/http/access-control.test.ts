import { describe, expect, it } from 'vitest';
import { createAccessControl } from '../../../../../electron/hosts/http/access-control.ts';

const connection = { role: 'editor', reviewer: 'tester' } as const;

function create() {
  let nowMs = 1_000_000;
  return { ...createAccessControl({ connection, nowMs: () => nowMs }), pass: (ms: number) => (nowMs += ms) };
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

  it('knows a session by its secret until it ends', () => {
    const { access, pass } = create();
    const secret = access.openSession();
    expect(access.findSession(secret)).toEqual(connection);
    expect(access.findSession(undefined)).toBeNull();
    expect(access.findSession('')).toBeNull();
    expect(access.findSession(secret.slice(1))).toBeNull();
    pass(31 * 24 * 3_600_000);
    expect(access.findSession(secret)).toBeNull();
  });
});
