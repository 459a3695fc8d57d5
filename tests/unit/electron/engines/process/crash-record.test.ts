import { describe, expect, it } from 'vitest';
import { CrashRecord, DEFAULT_CRASH_LIMITS } from '../../../../../electron/engines/process/crash-record.ts';

const MINUTE_MS = 60_000;

function create() {
  const clock = { nowMs: 0 };
  return { clock, record: new CrashRecord(DEFAULT_CRASH_LIMITS, () => clock.nowMs) };
}

describe('CrashRecord', () => {
  it('opens at the third crash within five minutes and says when it closes', () => {
    const { clock, record } = create();
    record.addCrash(null);
    clock.nowMs = MINUTE_MS;
    record.addCrash(null);
    expect(record.retryAtMs).toBeNull();
    clock.nowMs = 2 * MINUTE_MS;
    record.addCrash(null);
    expect(record.retryAtMs).toBe(5 * MINUTE_MS);
    clock.nowMs = 5 * MINUTE_MS;
    expect(record.retryAtMs).toBeNull();
  });

  it('opens again when the one attempt after closing fails', () => {
    const { clock, record } = create();
    for (let crash = 0; crash < 3; crash += 1) record.addCrash(null);
    clock.nowMs = 20 * MINUTE_MS;
    expect(record.retryAtMs).toBeNull();
    record.addCrash(null);
    expect(record.retryAtMs).toBe(25 * MINUTE_MS);
  });

  it('stays closed for crashes that lie far apart or have a finished run between them', () => {
    const { clock, record } = create();
    for (let crash = 0; crash < 10; crash += 1) {
      clock.nowMs = crash * 3 * MINUTE_MS;
      record.addCrash(null);
      expect(record.retryAtMs).toBeNull();
    }
    const other = create().record;
    for (let crash = 0; crash < 10; crash += 1) {
      other.addCrash(null);
      other.addSuccess();
    }
    expect([other.retryAtMs, other.total]).toEqual([null, 10]);
  });

  it('waits not at all, then longer, then no longer than the last of its waits', () => {
    const { record } = create();
    const waits = Array.from({ length: 6 }, () => {
      record.addCrash(null);
      return record.backOffMs;
    });
    expect(waits).toEqual([0, 250, 1000, 4000, 4000, 4000]);
  });

  it('calls a job poison at its second crash, others not, until it is told to forget', () => {
    const { record } = create();
    expect([record.addCrash('a'), record.addCrash('b'), record.isPoison('a')]).toEqual([1, 1, false]);
    record.addSuccess();
    expect([record.addCrash('a'), record.isPoison('a'), record.isPoison('b'), record.crashesOf('a')]).toEqual([
      2,
      true,
      false,
      2,
    ]);
    record.forget();
    expect(record.isPoison('a')).toBe(false);
  });
});
