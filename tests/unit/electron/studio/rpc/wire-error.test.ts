import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../../../electron/contract/errors.ts';
import { hidePaths, toSafeRecord, toStudioError } from '../../../../../electron/studio/rpc/wire-error.ts';

describe('hidePaths', () => {
  it.each([
    ['cannot open /srv/data/library/library.db: full', 'cannot open library.db: full'],
    ['C:\\Users\\x\\brand.json is missing', 'brand.json is missing'],
    ['at fs (file:///opt/app/a.ts:1:2)', 'at fs (file://a.ts:1:2)'],
    ['use 1/2 or and/or, or https', 'use 1/2 or and/or, or https'],
    ['fonts/a.woff is missing', 'fonts/a.woff is missing'],
    ['lines 3/4 of brief.md', 'lines 3/4 of brief.md'],
  ])('turns %s into %s', (text, expected) => {
    expect(hidePaths(text)).toBe(expected);
  });
});

describe('toSafeRecord', () => {
  it('hides paths in message and data', () => {
    const record = toSafeRecord(
      new StudioError('library.damaged', 'Cannot read /a/b/library.db.', {
        what: '/a/b/library.db',
        remedy: 'restore',
      }),
    );
    expect(record).toEqual({
      code: 'library.damaged',
      message: 'Cannot read library.db.',
      data: { what: 'library.db', remedy: 'restore' },
    });
  });
});

describe('toStudioError', () => {
  it('keeps what is known and wraps what is not, with its cause', () => {
    const known = new StudioError('brief.notFound', 'none', { id: 'x' });
    expect(toStudioError(known, () => 'log')).toBe(known);
    const cause = new TypeError('oops');
    const wrapped = toStudioError(cause, () => 'log');
    expect(wrapped.toRecord()).toMatchObject({ code: 'internal.unexpected', data: { logId: 'log' } });
    expect(wrapped.cause).toBe(cause);
    expect(wrapped.message).not.toContain('oops');
  });
});
