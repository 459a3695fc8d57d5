import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatDuration, formatNumber } from '../../../../renderer/lib/format.ts';

describe('formatBytes', () => {
  it('counts in powers of 1024', () => {
    expect([0, 1023, 1024, 1536, 5_242_880, 3 * 1024 ** 3, 2 * 1024 ** 4].map(formatBytes)).toEqual([
      '0 B',
      '1,023 B',
      '1 KiB',
      '1.5 KiB',
      '5 MiB',
      '3 GiB',
      '2 TiB',
    ]);
  });
});

describe('formatDuration', () => {
  it('chooses the unit that a person plans by', () => {
    expect([-3, 0, 40.4, 89, 99, 120, 1234, 3600, 5340, 7200, 12_000].map(formatDuration)).toEqual([
      '0 s',
      '0 s',
      '40 s',
      '89 s',
      '1 min 39 s',
      '2 min',
      '21 min',
      '60 min',
      '89 min',
      '2 h',
      '3 h 20 min',
    ]);
  });
});

describe('formatNumber', () => {
  it('keeps one digit after the point below a hundred', () => {
    expect([4.26, 99.96, 1234.5].map(formatNumber)).toEqual(['4.3', '100', '1,235']);
  });
});

describe('formatAgo', () => {
  const now = Date.UTC(2026, 3, 20, 12);
  it('says when in words, and as a date when it is long ago', () => {
    expect(formatAgo(now - 5_000, now)).toBe('just now');
    expect(formatAgo(now - 5 * 60_000, now)).toBe('5 minutes ago');
    expect(formatAgo(now - 26 * 3_600_000, now)).toBe('yesterday');
    expect(formatAgo(now - 30 * 86_400_000, now)).toContain('2026');
  });
});
