import { describe, expect, it } from 'vitest';
import {
  MemoryLedger,
  type Reservation,
  type ReservationRequest,
} from '../../../../../electron/engines/memory/memory-ledger.ts';

/** A machine whose free figure follows what is loaded, as the real one does. */
function createMachine(totalMiB: number) {
  const loaded = new Map<string, number>();
  const evicted: string[] = [];
  const reservations = new Map<string, Reservation>();
  const ledger = new MemoryLedger({
    devices: ['cpu'],
    readFreeMemory: () => ({ totalMiB, freeMiB: totalMiB - [...loaded.values()].reduce((sum, size) => sum + size, 0) }),
  });
  async function load(
    holder: string,
    sizeMiB: number,
    options: Partial<ReservationRequest> = {},
    signal?: AbortSignal,
  ): Promise<Reservation> {
    const reservation = await ledger.reserve(
      {
        device: 'cpu',
        holder,
        kind: 'image',
        sizeMiB,
        reloadCostMs: 1000,
        isIdle: () => true,
        evict: async () => {
          evicted.push(holder);
          unload(holder);
        },
        ...options,
      },
      signal,
    );
    loaded.set(holder, sizeMiB);
    reservation.markLoaded();
    reservations.set(holder, reservation);
    return reservation;
  }
  function unload(holder: string): void {
    loaded.delete(holder);
    reservations.get(holder)?.release();
  }
  return { ledger, load, unload, evicted };
}

describe('MemoryLedger', () => {
  it('grants while there is room beside the headroom, and names the holders', async () => {
    const { ledger, load } = createMachine(4256);
    await load('image: a', 2000);
    await load('text: b', 2000, { kind: 'text' });
    expect(ledger.read()).toEqual([
      {
        device: 'cpu',
        totalMiB: 4256,
        freeMiB: 256,
        reservations: [
          { holder: 'image: a', kind: 'image', sizeMiB: 2000 },
          { holder: 'text: b', kind: 'text', sizeMiB: 2000 },
        ],
      },
    ]);
  });

  it('sends the cheapest idle holder away, and only as many as it must', async () => {
    const { load, evicted } = createMachine(4256);
    await load('dear', 1500, { reloadCostMs: 9000 });
    await load('cheap', 1500, { reloadCostMs: 10 });
    await load('middle', 1000, { reloadCostMs: 500 });
    await load('newcomer', 1400);
    expect(evicted).toEqual(['cheap']);
  });

  it('lets a newcomer wait for a busy holder, first come first served', async () => {
    const { load, unload, evicted } = createMachine(3256);
    await load('busy', 2500, { isIdle: () => false });
    const order: string[] = [];
    const large = load('large', 2800).then(() => order.push('large'));
    const small = load('small', 100).then(() => order.push('small'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    unload('busy');
    await Promise.all([large, small]);
    expect(order).toEqual(['large', 'small']);
    expect(evicted).toEqual([]);
  });

  it('looks again when a busy holder falls idle', async () => {
    const { ledger, load, evicted } = createMachine(3256);
    let isIdle = false;
    await load('worker', 2500, { isIdle: () => isIdle });
    const waiting = load('newcomer', 2800);
    await new Promise((resolve) => setImmediate(resolve));
    isIdle = true;
    ledger.recheck();
    await waiting;
    expect(evicted).toEqual(['worker']);
  });

  it('sends everybody away before it gives up on what the machine could hold', async () => {
    const { load, evicted } = createMachine(4256);
    await load('a', 1000);
    await load('b', 1000, { reloadCostMs: 10 });
    await load('newcomer', 4000);
    expect(evicted).toEqual(['b', 'a']);
  });

  it('refuses at once what is larger than the machine, with the figures and the holders', async () => {
    const { load } = createMachine(4256);
    await load('image: a', 1000);
    await expect(load('giant', 9000)).rejects.toMatchObject({
      code: 'engine.outOfMemory',
      data: { kind: 'image', neededMiB: 9000, freeMiB: 3000, holders: ['image: a (1000 MiB)'] },
    });
    await load('next', 500);
  });

  it('counts what is promised but not yet loaded', async () => {
    const { ledger } = createMachine(4256);
    const request: ReservationRequest = {
      device: 'cpu',
      holder: 'a',
      kind: 'image',
      sizeMiB: 3000,
      reloadCostMs: 1,
      isIdle: () => false,
      evict: async () => {},
    };
    const first = await ledger.reserve(request);
    let isGranted = false;
    const second = ledger.reserve({ ...request, holder: 'b' }).then(() => {
      isGranted = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isGranted).toBe(false);
    first.release();
    await second;
  });

  it('gives up waiting when told to, and serves the next', async () => {
    const { load } = createMachine(3256);
    await load('busy', 2500, { isIdle: () => false });
    const abort = new AbortController();
    const waiting = load('newcomer', 2800, {}, abort.signal);
    const next = load('small', 100);
    setImmediate(() => abort.abort(new Error('never mind')));
    await expect(waiting).rejects.toThrow('never mind');
    await next;
  });
});
