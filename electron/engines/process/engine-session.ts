import { createHash } from 'node:crypto';
import type { EngineJob, EngineKind, EngineResult, LoadRequest, ModelInfo } from '../../contract/engine-protocol.ts';
import { isStudioError, type StudioError } from '../../contract/errors.ts';
import type { EngineStatus } from '../../contract/system.ts';
import type { DeviceName } from '../../contract/devices.ts';
import type { DeviceChoice } from '../memory/device-choice.ts';
import { DeviceLadder, type Rung } from '../memory/device-ladder.ts';
import type { EngineCall } from '../engine-client.ts';
import { ModelHolds } from '../models/model-holds.ts';
import type { MemoryLedger, Reservation } from '../memory/memory-ledger.ts';
import type { LoraUse } from '../../contract/recipe.ts';
import { estimateMemoryMiB, type InstalledLora, type InstalledModel, type ModelStore } from '../models/model-store.ts';
import { RequestQueue } from './request-queue.ts';
import { EngineSupervisor, type RequestHandlers, type SupervisorOptions } from './supervisor.ts';

export type EngineSessionOptions = {
  readonly supervisor: SupervisorOptions;
  readonly models: ModelStore;
  readonly ledger: MemoryLedger;
  readonly threads: number;
  readonly chooseDevice: () => Promise<DeviceChoice>;
  /** The ledger's name for the memory of a device. */
  readonly memoryOf: (device: DeviceName) => string;
  /** Where image models with merged LoRAs are kept; without it they are refused. */
  readonly mergeCacheFolder?: string | undefined;
  readonly onChange: () => void;
};

/** Failures of a run that another device, or more thrift, may be spared. The ladder has no rung for the last three on the processor. */
const STEPS_DOWN: ReadonlySet<string> = new Set([
  'engine.outOfMemory',
  'engine.failed',
  'engine.crashed',
  'engine.hung',
]);

/** A result with the model that made it: after a step down to another device that is another build. */
export type MadeResult = { readonly result: EngineResult; readonly model: ModelInfo };
type SettledNeed = { readonly model: string; readonly loras: readonly LoraUse[] };

/** The engine as whoever holds its model uses it. */
export type HeldSession = {
  readonly info: ModelInfo;
  run(job: EngineJob, call: EngineCall, handlers: RequestHandlers): Promise<MadeResult>;
};

type Loaded = { readonly model: InstalledModel; readonly loras: readonly InstalledLora[]; readonly info: ModelInfo };
type Wanted = { readonly model: InstalledModel; readonly loras: readonly InstalledLora[] };

/** One kind of engine as the studio uses it: a queue, a process, the model in it and the memory it holds. */
export class EngineSession {
  readonly kind: EngineKind;
  readonly #options: EngineSessionOptions;
  readonly #supervisor: EngineSupervisor;
  readonly #queue = new RequestQueue();
  readonly #holds = new ModelHolds();
  readonly #ladder: DeviceLadder;
  #loaded: Loaded | null = null;
  /** Name of the model that was loaded last, for coming back after a crash. */
  #lastModel: string | null = null;
  #lastLoras: readonly LoraUse[] = [];
  #reservation: Reservation | null = null;
  #phase: 'off' | 'idle' | 'starting' | 'loading' | 'working' = 'off';
  #doing: string | null = null;
  #reason: string | null = null;
  #needsRecovery = false;
  #disposed = false;
  #lastLoadMs = 1000;

  constructor(options: EngineSessionOptions) {
    this.kind = options.supervisor.kind;
    this.#options = options;
    this.#ladder = new DeviceLadder({ choose: options.chooseDevice, canStepDown: this.kind === 'image' });
    this.#supervisor = new EngineSupervisor({
      ...options.supervisor,
      onChange: () => this.#noteProcess(),
      onCrash: (error) => this.#recover(error),
    });
  }

  get processId(): number | null {
    return this.#supervisor.processId;
  }

  get status(): EngineStatus {
    return {
      kind: this.kind,
      state: this.#describeState(),
      model: this.#loaded?.model.name ?? null,
      device: this.#loaded?.info.device ?? null,
      deviceNotes: [...(this.#ladder.reason === null ? [] : [this.#ladder.reason]), ...this.#ladder.notes],
      doing: this.#doing,
      restarts: this.#supervisor.restarts,
      reason: this.#reason,
    };
  }

  /** Loads the model that is needed and keeps it, and its memory, until the work has ended. */
  async hold<Result>(need: EngineCall, work: (held: HeldSession) => Promise<Result>): Promise<Result> {
    const wanted = await this.#settleNeed(need);
    const release = await this.#holds.take(keyOf(wanted), need.signal);
    try {
      const info = await this.#queue.run(() => this.#bringUp({ ...need, ...wanted }), need.signal);
      return await work({
        info,
        run: (job, call, handlers) =>
          this.#queue.run(() => this.#runNow(job, { ...call, ...wanted }, handlers), call.signal),
      });
    } finally {
      release();
    }
  }

  /** The model by its name, so that two needs can be told apart. One that names none takes what is loaded. */
  async #settleNeed(need: EngineCall): Promise<SettledNeed> {
    // What another run wrote with says nothing about this one.
    const usual = this.kind === 'text' ? null : this.#lastModel;
    const { name } = await this.#options.models.find(this.kind, need.model ?? usual);
    const isOther = name !== this.#lastModel;
    return { model: name, loras: need.loras ?? (isOther ? [] : this.#lastLoras) };
  }

  unload(): Promise<void> {
    return this.#queue.run(async () => {
      if (this.#loaded !== null) await this.#supervisor.unload();
      this.#forgetModel();
      this.#changed();
    });
  }

  /** Ends the process: only that gives all of its memory back for sure. The next request starts it again. */
  #dismiss(): Promise<void> {
    return this.#queue.run(async () => {
      await this.#supervisor.stop();
      this.#forgetModel();
      this.#rest();
    });
  }

  /** Not queued: a stuck request is the very reason to ask for this. */
  async restart(): Promise<void> {
    const model = this.#lastModel;
    await this.#supervisor.reset();
    this.#ladder.reset();
    this.#reason = null;
    if (model !== null) await this.hold({ model }, async ({ info }) => info);
    else await this.#queue.run(() => this.#supervisor.start());
    this.#phase = 'idle';
    this.#changed();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await this.#supervisor[Symbol.asyncDispose]();
    this.#forgetModel();
  }

  async #runNow(job: EngineJob, call: EngineCall, handlers: RequestHandlers): Promise<MadeResult> {
    for (;;) {
      const model = await this.#bringUp(call);
      this.#enter('working', call.doing ?? null);
      try {
        // A job that is too large for one rung of the ladder is not poison on the next.
        const jobKey = `${call.jobKey ?? hashJob(job)}${this.#ladder.notes.length || ''}`;
        const result = await this.#supervisor.run(job, jobKey, handlers, call.signal);
        const { notes } = this.#ladder;
        const told = result.kind === 'image' && notes.length > 0 ? { ...result, notes: [...notes] } : result;
        return { result: told, model };
      } catch (error) {
        if (!isStudioError(error) || !STEPS_DOWN.has(error.code) || !this.#ladder.stepDown(error)) throw error;
        await this.#supervisor.stop();
        this.#forgetModel();
      } finally {
        this.#rest();
      }
    }
  }

  /** Process up, right model loaded. Costs nothing when both are so. */
  async #bringUp(call: EngineCall): Promise<ModelInfo> {
    const loaded = this.#supervisor.isUp ? this.#loaded : null;
    if (loaded !== null && isSameModel(loaded, call)) return loaded.info;
    const model = await this.#options.models.find(this.kind, call.model ?? this.#lastModel);
    const isOther = model.name !== this.#lastModel;
    const uses = call.loras ?? (isOther ? [] : this.#lastLoras);
    const loras: InstalledLora[] = [];
    for (const use of uses) loras.push(await this.#options.models.findLora(use));
    try {
      this.#enter('starting', call.doing ?? null);
      const rung = this.#ladder.current();
      await this.#supervisor.start(call.signal);
      await rung;
      return await this.#load({ model, loras }, call);
    } catch (error) {
      if (isStudioError(error)) this.#reason = error.message;
      throw error;
    } finally {
      this.#rest();
    }
  }

  /** On the best rung of the ladder that takes it. */
  async #load(wanted: Wanted, call: EngineCall): Promise<ModelInfo> {
    for (;;) {
      try {
        return await this.#loadOn(await this.#ladder.current(), wanted, call);
      } catch (error) {
        const mayStepDown = isStudioError(error) && call.signal?.aborted !== true;
        if (mayStepDown && this.#ladder.stepDown(error)) {
          await this.#supervisor.stop();
          await this.#supervisor.start(call.signal);
          continue;
        }
        if (isStudioError(error)) this.#options.models.noteProblem(wanted.model, error);
        throw error;
      }
    }
  }

  async #loadOn({ device, isThrifty }: Rung, { model, loras }: Wanted, call: EngineCall): Promise<ModelInfo> {
    const { threads, ledger, memoryOf } = this.#options;
    this.#enter('loading', call.doing ?? null);
    this.#forgetModel();
    const reservation = await ledger.reserve(
      {
        device: memoryOf(device),
        holder: `${this.kind}: ${model.name}`,
        kind: this.kind,
        sizeMiB: estimateMemoryMiB(model),
        reloadCostMs: this.#lastLoadMs,
        isIdle: () => this.#queue.isEmpty && this.#holds.isFree,
        evict: () => this.#dismiss(),
      },
      call.signal,
    );
    try {
      const startedAtMs = performance.now();
      const { name, hash, path } = model;
      const merge = loras.length > 0 ? { merge: this.#describeMerge(loras) } : {};
      const request: LoadRequest = { kind: this.kind, name, hash, path, threads, device, isThrifty, ...merge };
      const loaded = await this.#supervisor.load(request, call.signal);
      const { reason } = this.#ladder;
      const info = reason === null ? loaded : { ...loaded, deviceReason: reason };
      this.#lastLoadMs = performance.now() - startedAtMs;
      reservation.markLoaded();
      this.#reservation = reservation;
      this.#loaded = { model, loras, info };
      this.#lastModel = model.name;
      this.#lastLoras = loras;
      this.#reason = null;
      return info;
    } catch (error) {
      reservation.release();
      throw error;
    }
  }

  #describeMerge(loras: readonly InstalledLora[]): NonNullable<LoadRequest['merge']> {
    const { mergeCacheFolder: cachePath } = this.#options;
    if (cachePath === undefined) throw new Error('this studio keeps no folder for merged models');
    return { cachePath, loras: loras.map(({ name, hash, weight, path }) => ({ name, hash, weight, path })) };
  }

  /** The process died on its own: what it held is free, and it comes back before the next request needs it. */
  #recover(error: StudioError): void {
    this.#reason = error.message;
    const model = this.#lastModel;
    this.#forgetModel();
    if (this.#disposed || model === null) return;
    this.#needsRecovery = true;
    void this.#queue
      .run(async () => {
        if (this.#needsRecovery && !this.#disposed) await this.#bringUp({ model });
      })
      // The next request meets the same trouble and tells its caller; the status shows the reason meanwhile.
      .catch(() => undefined)
      .finally(() => {
        this.#needsRecovery = false;
        this.#changed();
      });
  }

  #forgetModel(): void {
    this.#loaded = null;
    this.#reservation?.release();
    this.#reservation = null;
  }

  /** A process that is gone holds nothing, however it went. */
  #noteProcess(): void {
    if (!this.#supervisor.isUp && this.#supervisor.processId === null && this.#loaded !== null) this.#forgetModel();
    this.#changed();
  }

  #enter(phase: 'starting' | 'loading' | 'working', doing: string | null): void {
    this.#phase = phase;
    this.#doing = doing;
    this.#changed();
  }

  #rest(): void {
    this.#phase = this.#supervisor.isUp ? 'idle' : 'off';
    this.#doing = null;
    this.#changed();
    // After this request has left the queue.
    setImmediate(() => this.#options.ledger.recheck());
  }

  #describeState(): EngineStatus['state'] {
    if (this.#supervisor.isBroken) return 'broken';
    if (this.#needsRecovery && !this.#supervisor.isUp) return 'restarting';
    if (this.#phase === 'idle' && !this.#supervisor.isUp) return 'off';
    return this.#phase;
  }

  #changed(): void {
    this.#options.onChange();
  }
}

/** A call that names no model or no LoRAs takes those that are loaded. */
function isSameModel({ model, loras }: Loaded, call: EngineCall): boolean {
  if (call.model !== undefined && call.model !== model.name) return false;
  if (call.loras === undefined) return true;
  return (
    call.loras.length === loras.length &&
    call.loras.every((use, index) => {
      const lora = loras[index];
      return lora?.name === use.name && lora.weight === use.weight && (use.hash === '' || use.hash === lora.hash);
    })
  );
}

/** Two needs with the same key are served by the same process state. */
function keyOf({ model, loras }: SettledNeed): string {
  return JSON.stringify([model, loras.map(({ name, weight }) => [name, weight])]);
}

function hashJob(job: EngineJob): string {
  const hash = createHash('sha256');
  const plain = JSON.stringify(job, (_key, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value;
    return createHash('sha256').update(value).digest('hex');
  });
  return hash.update(plain).digest('hex');
}
