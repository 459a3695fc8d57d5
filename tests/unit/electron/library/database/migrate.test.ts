import { describe, expect, it } from 'vitest';
import { assertLinear, newestVersion } from '../../../../../electron/library/database/migrate.ts';
import { migrations } from '../../../../../electron/library/database/migrations/index.ts';

describe('assertLinear', () => {
  it('accepts the migrations of the library', () => {
    expect(() => assertLinear(migrations)).not.toThrow();
    expect(newestVersion(migrations)).toBe(migrations.at(-1)?.id);
  });

  it('refuses two steps that follow the same one', () => {
    expect(() =>
      assertLinear([
        { id: 10, follows: 0, sql: '' },
        { id: 20, follows: 10, sql: '' },
        { id: 30, follows: 10, sql: '' },
      ]),
    ).toThrow(/30 follows 10, but 20/);
  });

  it('refuses a number that does not grow', () => {
    expect(() =>
      assertLinear([
        { id: 10, follows: 0, sql: '' },
        { id: 10, follows: 10, sql: '' },
      ]),
    ).toThrow();
  });
});
