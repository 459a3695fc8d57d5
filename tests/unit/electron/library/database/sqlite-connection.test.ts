import { describe, expect, it } from 'vitest';
import { isSafeSqlite } from '../../../../../electron/library/database/sqlite-connection.ts';

describe('isSafeSqlite', () => {
  it.each([
    ['3.51.3', true],
    ['3.51.10', true],
    ['3.54.1', true],
    ['4.0.0', true],
    ['3.51.2', false],
    ['3.50.99', false],
    ['2.99.99', false],
    ['3.51', false],
  ])('%s: %s', (version, safe) => {
    expect(isSafeSqlite(version)).toBe(safe);
  });
});
