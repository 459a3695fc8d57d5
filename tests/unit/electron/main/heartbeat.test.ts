import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from '../../../../electron/main/heartbeat.ts';
import { StudioProcess } from '../../../../electron/main/studio-process.ts';
import { fake } from '../../../support/fake-electron.ts';

/** A clock that a test turns: each look is a second. */
function turnedClock() {
  let nowMs = 0;
  let look: (() => void) | null = null;
  return {
    nowMs: () => nowMs,
    setTimer: (onLook: () => void) => {
      look = onLook;
      return () => (look = null);
    },
    pass(seconds: number, stepMs = 1000) {
      for (let second = 0; second < seconds; second += 1) {
        nowMs += stepMs;
        look?.();
      }
    },
  };
}

describe('a heartbeat', () => {
  it('calls a studio frozen after ten silent seconds, once, and one that beats never', () => {
    const clock = turnedClock();
    const onFrozen = vi.fn();
    const heartbeat = new Heartbeat({ onFrozen, ...clock });
    for (let second = 0; second < 100; second += 1) {
      heartbeat.beat(true);
      clock.pass(1);
    }
    clock.pass(8);
    expect(onFrozen).not.toHaveBeenCalled();
    clock.pass(20);
    expect(onFrozen).toHaveBeenCalledTimes(1);
  });

  it('gives a library that is being opened five minutes', () => {
    const clock = turnedClock();
    const onFrozen = vi.fn();
    new Heartbeat({ onFrozen, ...clock }).beat(false);
    clock.pass(290);
    expect(onFrozen).not.toHaveBeenCalled();
    clock.pass(20);
    expect(onFrozen).toHaveBeenCalledTimes(1);
  });

  it('holds the sleep of the machine against nobody', () => {
    const clock = turnedClock();
    const onFrozen = vi.fn();
    new Heartbeat({ onFrozen, ...clock }).beat(true);
    clock.pass(50, 3_600_000);
    expect(onFrozen).not.toHaveBeenCalled();
  });
});

describe('a studio that stops answering', () => {
  beforeEach(() => fake.processes.splice(0));

  it('is ended and started again, and the new one knows why', () => {
    const clock = turnedClock();
    const killed: number[] = [];
    const onRestarted = vi.fn();
    const studio = new StudioProcess({
      entryFile: 'studio.js',
      libraryFolder: 'library',
      nodeFile: 'node',
      resourcesFolder: null,
      onRestarted,
      onGivenUp: () => expect.unreachable(),
      onRefused: () => expect.unreachable(),
      kill: (pid) => killed.push(pid),
      setTimer: clock.setTimer,
    });
    studio.start();
    const [first] = fake.processes;
    first?.emit('message', { type: 'alive', isOpen: true });
    clock.pass(12);
    expect(killed).toEqual([first?.pid]);
    first?.emit('exit', 137);
    expect(onRestarted).toHaveBeenCalledTimes(1);
    expect(fake.processes.map(({ args }) => args.slice(-2))).toEqual([
      ['--node', 'node'],
      ['--after', 'frozen'],
    ]);
    // The next end is one of its own.
    fake.processes[1]?.emit('exit', 1);
    expect(fake.processes[2]?.args.slice(-2)).toEqual(['--after', 'ended']);
  });
});
