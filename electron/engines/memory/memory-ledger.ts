import type { EngineKind } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Ledger } from '../../contract/system.ts';

export type FreeMemory = { readonly totalMiB: number; readonly freeMiB: number };

export type ReservationRequest = {
  readonly device: string;
  /** What people call it: "image: starter-image". */
  readonly holder: string;
  readonly kind: EngineKind;
  readonly sizeMiB: number;
  /** What it would cost to load again, in milliseconds. The cheapest goes first when another needs the memory. */
  readonly reloadCostMs: number;
  /** False while it works: it cannot be sent away now. */
  readonly isIdle: () => boolean;
  /** Frees the memory; the reservation is released by the holder before this resolves. */
  readonly evict: () => Promise<void>;
};

/** A hold on a part of a device's memory. */
export class Reservation {
  readonly request: ReservationRequest;
  readonly #release: (reservation: Reservation) => void;
  /** Once loaded, the memory is missing from the device's free figure and must not be counted twice. */
  isLoaded = false;

  constructor(request: ReservationRequest, release: (reservation: Reservation) => void) {
    this.request = request;
    this.#release = release;
  }

  markLoaded(): void {
    this.isLoaded = true;
  }

  release(): void {
    this.#release(this);
  }
}

export type MemoryLedgerOptions = {
  readonly devices: readonly string[];
  /** Asked anew at every reservation: other programs use the same memory. */
  readonly readFreeMemory: (device: string) => FreeMemory;
  readonly onChange?: () => void;
};

/** Kept free for everybody else. */
const HEADROOM_MIB = 256;

/** Who holds how much memory on which device. Grants, sends the cheapest idle holder away, or lets the newcomer wait. */
export class MemoryLedger {
  readonly #options: MemoryLedgerOptions;
  readonly #held = new Set<Reservation>();
  #waiters: (() => void)[] = [];
  /** One newcomer at a time and in order, so that a small one cannot starve a large one. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: MemoryLedgerOptions) {
    this.#options = options;
  }

  /**
   * Waits while busy holders could make room. Rejects with `engine.outOfMemory` when the device is too small or nobody is left
   * to make room, and with the signal's reason.
   */
  reserve(request: ReservationRequest, signal?: AbortSignal): Promise<Reservation> {
    const granted = this.#turn.then(() => this.#reserveNow(request, signal));
    this.#turn = granted.catch(() => undefined);
    return granted;
  }

  /** A holder became idle or let go: whoever waits looks again. */
  recheck(): void {
    for (const wake of this.#waiters.splice(0)) wake();
  }

  read(): Ledger[] {
    return this.#options.devices.map((device) => {
      const { totalMiB, freeMiB } = this.#options.readFreeMemory(device);
      const reservations = this.#on(device).map(({ request: { holder, kind, sizeMiB } }) => ({
        holder,
        kind,
        sizeMiB: Math.round(sizeMiB),
      }));
      return { device, totalMiB: Math.round(totalMiB), freeMiB: Math.round(freeMiB), reservations };
    });
  }

  async #reserveNow(request: ReservationRequest, signal: AbortSignal | undefined): Promise<Reservation> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#countFreeMiB(request.device) >= request.sizeMiB) return this.#grant(request);
      const others = this.#on(request.device);
      // Estimates of what holders would give back are only that, so none of them counts here: try, and look again.
      const isHopeless = request.sizeMiB + HEADROOM_MIB > this.#options.readFreeMemory(request.device).totalMiB;
      if (isHopeless || others.length === 0) throw this.#describeShortage(request);
      const idle = others.filter((other) => other.request.isIdle());
      const cheapest = idle.sort((a, b) => a.request.reloadCostMs - b.request.reloadCostMs)[0];
      if (cheapest === undefined) await this.#waitForRoom(signal);
      else await this.#evict(cheapest);
    }
  }

  #grant(request: ReservationRequest): Reservation {
    const reservation = new Reservation(request, (released) => {
      if (!this.#held.delete(released)) return;
      this.recheck();
      this.#options.onChange?.();
    });
    this.#held.add(reservation);
    this.#options.onChange?.();
    return reservation;
  }

  async #evict(reservation: Reservation): Promise<void> {
    await reservation.request.evict();
    // A holder that failed to let go is gone from the books all the same; the free figure tells the truth at the next reading.
    reservation.release();
  }

  #waitForRoom(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#waiters.push(resolve);
    return promise.finally(() => signal?.removeEventListener('abort', onAbort));
  }

  #countFreeMiB(device: string): number {
    const promisedMiB = this.#on(device).reduce(
      (sum, { isLoaded, request }) => sum + (isLoaded ? 0 : request.sizeMiB),
      0,
    );
    return this.#options.readFreeMemory(device).freeMiB - promisedMiB - HEADROOM_MIB;
  }

  #describeShortage(request: ReservationRequest): StudioError {
    const freeMiB = Math.max(0, Math.round(this.#countFreeMiB(request.device)));
    const neededMiB = Math.round(request.sizeMiB);
    const holders = this.#on(request.device).map(
      ({ request: { holder, sizeMiB } }) => `${holder} (${Math.round(sizeMiB)} MiB)`,
    );
    return new StudioError(
      'engine.outOfMemory',
      `${request.holder} needs ${neededMiB} MiB on ${request.device}; ${freeMiB} MiB are free.`,
      { kind: request.kind, neededMiB, freeMiB, holders, begun: false },
    );
  }

  #on(device: string): Reservation[] {
    return [...this.#held].filter((reservation) => reservation.request.device === device);
  }
}
