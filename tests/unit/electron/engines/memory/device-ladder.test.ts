import { describe, expect, it } from 'vitest';
import type { DeviceName } from '../../../../../electron/contract/devices.ts';
import { StudioError } from '../../../../../electron/contract/errors.ts';
import { DeviceLadder } from '../../../../../electron/engines/memory/device-ladder.ts';

const shortage = (neededMiB: number | null = null) =>
  new StudioError('engine.outOfMemory', 'ran out', { kind: 'image', neededMiB, freeMiB: neededMiB, holders: [] });
const failure = new StudioError('engine.failed', 'no kernel', { kind: 'image', reason: 'no kernel' });

async function climb(device: DeviceName, canStepDown = true) {
  const ladder = new DeviceLadder({ choose: async () => ({ device, reason: 'because' }), canStepDown });
  await ladder.current();
  return ladder;
}

describe('DeviceLadder', () => {
  it('saves memory first, then leaves the card, then saves memory there, then gives up', async () => {
    const ladder = await climb('cuda');
    expect(await ladder.current()).toEqual({ device: 'cuda', isThrifty: false });
    expect(ladder.stepDown(shortage())).toBe(true);
    expect(await ladder.current()).toEqual({ device: 'cuda', isThrifty: true });
    expect(ladder.stepDown(shortage())).toBe(true);
    expect(await ladder.current()).toEqual({ device: 'cpu', isThrifty: false });
    expect(ladder.stepDown(shortage())).toBe(true);
    expect(await ladder.current()).toEqual({ device: 'cpu', isThrifty: true });
    expect(ladder.stepDown(shortage())).toBe(false);
    expect(ladder.notes.length).toBe(3);
    expect(ladder.notes[1]).toContain('cuda was given up for the processor: ran out');
  });

  it('leaves a card that fails, but has nothing against failures of the processor', async () => {
    const ladder = await climb('webgpu');
    expect(ladder.stepDown(failure)).toBe(true);
    expect(await ladder.current()).toEqual({ device: 'cpu', isThrifty: false });
    expect(ladder.stepDown(failure)).toBe(false);
  });

  it('does not take thrift for a remedy when the ledger lacks room for the weights', async () => {
    const onCard = await climb('cuda');
    expect(onCard.stepDown(shortage(900))).toBe(true);
    expect(await onCard.current()).toEqual({ device: 'cpu', isThrifty: false });
    expect((await climb('cpu')).stepDown(shortage(900))).toBe(false);
  });

  it('starts over when it is reset, and never steps for other kinds of engines', async () => {
    const ladder = await climb('cuda');
    ladder.stepDown(failure);
    ladder.reset();
    expect(await ladder.current()).toEqual({ device: 'cuda', isThrifty: false });
    expect(ladder.notes).toEqual([]);
    expect((await climb('cpu', false)).stepDown(shortage())).toBe(false);
  });
});
