import type { LoraUse } from '../contract/recipe.ts';
import type {
  EngineKind,
  ImageJob,
  ImageResult,
  ModelInfo,
  Raster,
  TextJob,
  TextResult,
  VisionJob,
  VisionResult,
} from '../contract/engine-protocol.ts';
import type { EngineStatus, Ledger, Model } from '../contract/system.ts';
import type { PictureTiming } from './process/write-trace.ts';
import type { DeviceChoice } from './memory/device-choice.ts';

/**
 * What the studio knows of engines. `createEngines` in `create-engines.ts` is the one way to get one; tests give it the entry
 * script of the fake engine in `tests/support/fake-engine/`.
 *
 * Every engine works on one request at a time and queues the rest in order. An image run that memory was too short for, or that a
 * graphics card failed, is repeated thriftily or on the processor, and its result says so. Otherwise a run is not repeated when its process dies: it
 * rejects with `engine.crashed`, `engine.hung` or `engine.outOfMemory`, the process restarts behind it, and the caller decides
 * whether the job is worth another attempt. Aborting rejects with the signal's reason.
 */
export type EngineCall = {
  readonly signal?: AbortSignal;
  /** Name of an installed model. Left out: the model that is loaded, else the first usable one, installed before shipped; of text models always the shipped one. */
  readonly model?: string;
  /** LoRAs to load the image model with. Left out: those of the model that is loaded, else none; a job says its own. */
  readonly loras?: readonly LoraUse[];
  /** What the status says meanwhile, in words ("Making picture 12 of 24"). */
  readonly doing?: string;
  /**
   * Identity of the job over its attempts, for instance the id of its queue row. A job whose runs killed the process twice is
   * set aside: the second time and from then on it rejects with `engine.poisonJob`, then without touching the process. Left out:
   * a hash of the job itself.
   */
  readonly jobKey?: string;
};

export type ImageProgress = {
  /** Steps done, 0 to `steps`. */
  readonly step: number;
  readonly steps: number;
  /** At most 64 px on its long edge; null for steps without one. */
  readonly preview: Raster | null;
};

export type ImageCall = EngineCall & { readonly onProgress?: (progress: ImageProgress) => void };
export type TextCall = EngineCall & { readonly onChunk?: (text: string) => void };

/** An engine whose model stays loaded. */
export type HeldModel<Job, Result, Call extends EngineCall> = {
  /** As it was when the hold began. */
  readonly info: ModelInfo;
  /** The result, and the model that made it: a run that stepped down to another device was made by another build, which a recipe has to name. */
  run(job: Job, call?: Omit<Call, 'model' | 'loras'>): Promise<{ readonly result: Result; readonly model: ModelInfo }>;
};

export type EngineClient<Job, Result, Call extends EngineCall> = {
  /**
   * Loads what is needed and keeps it until the work has ended. Holds of the same model share it; whoever needs another waits. Do not ask another engine for
   * something inside: it may have to wait for this one's memory.
   */
  hold<Output>(need: EngineCall, work: (held: HeldModel<Job, Result, Call>) => Promise<Output>): Promise<Output>;
  /** Starts the process and loads the model where needed. The info holds the hash and build that a recipe records. */
  ensureLoaded(call?: EngineCall): Promise<ModelInfo>;
  /** Loads the model where needed, then runs the job. */
  run(job: Job, call?: Call): Promise<Result>;
  /** Gives the model's memory back; the next run loads it again. Waits for running jobs. */
  unload(): Promise<void>;
};

export type ImageEngine = EngineClient<ImageJob, ImageResult, ImageCall>;
export type TextEngine = EngineClient<TextJob, TextResult, TextCall>;
export type VisionEngine = EngineClient<VisionJob, VisionResult, EngineCall>;

export type Engines = {
  readonly image: ImageEngine;
  readonly text: TextEngine;
  readonly vision: VisionEngine;
  /** One entry per kind that has an entry script, in the order text, image, vision. */
  status(): EngineStatus[];
  ledgers(): Ledger[];
  /** All models that were found, usable or not. Rereads the folders. */
  models(): Promise<Model[]>;
  /** A usable model by name. @throws model.* for one that is not installed or cannot be used */
  findModel(kind: EngineKind, name: string): Promise<Model>;
  /** What may run image models here, tried once for each studio. */
  devices(): Promise<DeviceChoice>;
  /** Calls back with how long the parts of each picture took. Returns the way out. */
  onPicture(listener: (timing: PictureTiming) => void): () => void;
  /** Calls back after every change of status or ledger, at most once per turn of the loop. Returns the way out. */
  onChange(listener: () => void): () => void;
  /**
   * Kills the process of this kind if there is one, forgets its crashes and set-aside jobs, and starts it anew with the model
   * that it had. Rejects with `engine.unavailable` when it does not come up.
   */
  restart(kind: EngineKind): Promise<void>;
  /** Process id of a running engine, or null. For proofs that kill it. */
  processId(kind: EngineKind): number | null;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A script that speaks the engine protocol; `args` follow it on the command line. */
export type EngineEntry = { readonly script: string; readonly args: readonly string[] };
export type EngineEntries = {
  readonly [Kind in 'text' | 'image' | 'vision']?: EngineEntry;
} & {
  /** Tries the devices of this machine and prints what it found. Left out: everything runs on the processor. */
  readonly devices?: EngineEntry;
};
