import type { DeviceName } from '../../contract/devices.ts';
import type { StudioError } from '../../contract/errors.ts';

/** Where and how a model is run. Thrifty: less memory at the price of time (no arena, one picture at a time, small tiles). */
export type Rung = { readonly device: DeviceName; readonly isThrifty: boolean };

export type DeviceLadderOptions = {
  readonly choose: () => Promise<{ readonly device: DeviceName; readonly reason: string }>;
  /** Only image models have something to save on. */
  readonly canStepDown: boolean;
};

/** The chosen device first; out of memory, or unable to load there, a rung lower: thrifty on the device, on the processor, thrifty there. */
export class DeviceLadder {
  readonly #options: DeviceLadderOptions;
  #rung: Rung | null = null;
  #reason: string | null = null;
  #notes: string[] = [];

  constructor(options: DeviceLadderOptions) {
    this.#options = options;
  }

  async current(): Promise<Rung> {
    if (this.#rung !== null) return this.#rung;
    const { device, reason } = await this.#options.choose();
    this.#reason = reason;
    this.#rung = { device, isThrifty: false };
    return this.#rung;
  }

  /** Why it runs where it does, null before anything was chosen. */
  get reason(): string | null {
    return this.#reason;
  }

  /** Each step down since the start, as sentences for the user. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** Takes the next rung after this error, or says that there is none. */
  stepDown(error: StudioError): boolean {
    if (this.#rung === null || !this.#options.canStepDown) return false;
    const { device, isThrifty } = this.#rung;
    // The ledger names what it lacks; thrift would not make a model's weights smaller.
    const isShortage = error.code === 'engine.outOfMemory' && Reflect.get(error.data, 'neededMiB') === null;
    if (isShortage && !isThrifty) {
      this.#rung = { device, isThrifty: true };
      this.#note(
        `Memory ran out on ${device}: pictures are made in smaller tiles and single passes, which takes longer.`,
      );
      return true;
    }
    if (device === 'cpu') return false;
    this.#rung = { device: 'cpu', isThrifty: false };
    this.#note(`${device} was given up for the processor: ${error.message}`);
    return true;
  }

  /** Back to the top: somebody restarted the engine, perhaps after closing what held the memory. */
  reset(): void {
    this.#rung = null;
    this.#notes = [];
  }

  #note(sentence: string): void {
    this.#notes = [...this.#notes, sentence.slice(0, 300)].slice(-10);
  }
}
