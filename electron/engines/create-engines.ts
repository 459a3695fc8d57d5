import { freemem, totalmem } from 'node:os';
import type { DeviceName } from '../contract/devices.ts';
import type { EngineJob, EngineKind, EngineResult, ImageJob, ImageResult } from '../contract/engine-protocol.ts';
import { StudioError } from '../contract/errors.ts';
import { CardMemory } from './memory/card-memory.ts';
import { tryDevices } from './memory/choose-device.ts';
import { type DeviceChoice } from './memory/device-choice.ts';
import type { CrashLimits } from './process/crash-record.ts';
import type { EngineCall, EngineClient, EngineEntries, Engines, ImageCall, ImageEngine } from './engine-client.ts';
import { EngineSession } from './process/engine-session.ts';
import { MemoryLedger, type FreeMemory } from './memory/memory-ledger.ts';
import type { PictureTiming } from './process/write-trace.ts';
import type { ModelStore } from './models/model-store.ts';
import type { RequestHandlers, SupervisorTimes } from './process/supervisor.ts';

export type EnginesOptions = {
  /** The plain Node that engines run under, never an Electron binary. */
  readonly nodePath: string;
  /** Kinds without an entry are not available. */
  readonly entries: EngineEntries;
  readonly models: ModelStore;
  /** Threads for each engine. The recipe of a picture holds for one thread count. */
  readonly threads: number;
  /** Where models run. Left out: image models go where a trial says, everything else to the processor. */
  readonly device?: DeviceName;
  /** Where image models with merged LoRAs are kept. */
  readonly mergeCacheFolder?: string;
  /** A folder of this user where Node keeps compiled code; engines start in half the time. */
  readonly compileCacheFolder?: string;
  readonly times?: Partial<SupervisorTimes>;
  readonly limits?: Partial<CrashLimits>;
  readonly now?: () => number;
  readonly sleep?: (durationMs: number, signal?: AbortSignal) => Promise<void>;
  readonly readFreeMemory?: (device: string) => FreeMemory;
};

const KINDS = ['text', 'image', 'vision'] as const;
const BYTES_PER_MIB = 1024 * 1024;

/** Starts nothing yet: each engine's process comes with its first request. Dispose it to end all processes. */
export function createEngines(options: EnginesOptions): Engines {
  const announce = createAnnouncer();
  const memories = new Map<string, () => FreeMemory>();
  const memoryNames = [options.device ?? 'cpu'];
  const ledger = new MemoryLedger({
    devices: memoryNames,
    readFreeMemory: (device) => options.readFreeMemory?.(device) ?? memories.get(device)?.() ?? readMainMemory(),
    onChange: announce.changed,
  });
  const fixed: DeviceChoice = {
    device: options.device ?? 'cpu',
    reason: `Runs on ${options.device ?? 'cpu'}, as this studio was told to.`,
    reports: [],
  };
  let choice: Promise<DeviceChoice> | null = null;
  const devices = async (): Promise<DeviceChoice> => {
    if (options.device !== undefined || options.entries.devices === undefined) return fixed;
    choice ??= tryDevices(options.nodePath, options.entries.devices).then((made) => {
      const card = CardMemory.of(made.reports.find(({ device }) => device === made.device));
      if (card !== null) memories.set(made.device, () => card.read());
      if (card !== null) memoryNames.push(made.device);
      return made;
    });
    return choice;
  };
  const pictureListeners = new Set<(timing: PictureTiming) => void>();
  const sessions = new Map<EngineKind, EngineSession>();
  for (const kind of KINDS) {
    const entry = options.entries[kind];
    if (entry === undefined) continue;
    const { nodePath, models, threads } = options;
    const supervisor = {
      kind,
      nodePath,
      entry,
      compileCacheFolder: options.compileCacheFolder,
      ...(options.times && { times: options.times }),
      ...(options.limits && { limits: options.limits }),
      ...(options.now && { now: options.now }),
      ...(options.sleep && { sleep: options.sleep }),
    };
    const { mergeCacheFolder } = options;
    sessions.set(
      kind,
      new EngineSession({
        supervisor,
        models,
        ledger,
        threads,
        mergeCacheFolder,
        chooseDevice: kind === 'image' ? devices : async () => fixed,
        memoryOf: (device) => (memoryNames.includes(device) ? device : (memoryNames[0] ?? 'cpu')),
        onChange: announce.changed,
      }),
    );
  }
  return {
    image: watchPictures(createClient(sessions, 'image'), pictureListeners),
    text: createClient(sessions, 'text'),
    vision: createClient(sessions, 'vision'),
    status: () => [...sessions.values()].map((session) => session.status),
    ledgers: () => ledger.read(),
    models: () => options.models.list(),
    findModel: (kind, name) => options.models.find(kind, name),
    devices,
    onPicture: (listener) => {
      pictureListeners.add(listener);
      return () => void pictureListeners.delete(listener);
    },
    onChange: announce.subscribe,
    restart: async (kind) => findSession(sessions, kind).restart(),
    processId: (kind) => sessions.get(kind)?.processId ?? null,
    async [Symbol.asyncDispose]() {
      await Promise.all([...sessions.values()].map((session) => session[Symbol.asyncDispose]()));
    },
  };
}

/** The client of one kind. A result of another kind never comes: the supervisor refuses it as a bad reply. */
function createClient<Kind extends EngineJob['kind']>(sessions: ReadonlyMap<EngineKind, EngineSession>, kind: Kind) {
  type Job = Extract<EngineJob, { kind: Kind }>;
  type Result = Extract<EngineResult, { kind: Kind }>;
  const hold: EngineClient<Job, Result, EngineCall & RequestHandlers>['hold'] = async (need, work) =>
    findSession(sessions, kind).hold(need, (held) =>
      work({
        info: held.info,
        async run(job, call = {}) {
          const { onProgress, onChunk } = call;
          const { result, model } = await held.run(job, call, { onProgress, onChunk });
          if (!isResultOf(result, kind)) throw new Error(`a ${result.kind} result for a ${kind} job`);
          return { result, model };
        },
      }),
    );
  return completeClient<Job, Result, EngineCall & RequestHandlers>(hold, async () =>
    findSession(sessions, kind).unload(),
  );
}

/** Everything else that a client does is a short hold. */
function completeClient<Job extends EngineJob, Result, Call extends EngineCall>(
  hold: EngineClient<Job, Result, Call>['hold'],
  unload: () => Promise<void>,
): EngineClient<Job, Result, Call> {
  return {
    hold,
    unload,
    ensureLoaded: async (call = {}) => hold(call, async ({ info }) => info),
    run: async (job, call) => {
      const need: EngineCall = job.kind === 'image' ? { ...call, loras: job.loras } : { ...call };
      return hold(need, async (held) => (await held.run(job, call)).result);
    },
  };
}

/** Tells the listeners about each finished picture, whoever asked for it. */
function watchPictures(client: ImageEngine, listeners: ReadonlySet<(timing: PictureTiming) => void>): ImageEngine {
  const hold: ImageEngine['hold'] = (need, work) =>
    client.hold(need, (held) =>
      work({
        info: held.info,
        async run(job, call) {
          const made = await held.run(job, call);
          const { result, model } = made;
          if (result.trace !== undefined) for (const listen of listeners) listen({ model, job, spans: result.trace });
          return made;
        },
      }),
    );
  return completeClient<ImageJob, ImageResult, ImageCall>(hold, () => client.unload());
}

function isResultOf<Kind extends EngineJob['kind']>(
  result: EngineResult,
  kind: Kind,
): result is Extract<EngineResult, { kind: Kind }> {
  return result.kind === kind;
}

function findSession(sessions: ReadonlyMap<EngineKind, EngineSession>, kind: EngineKind): EngineSession {
  const session = sessions.get(kind);
  if (session !== undefined) return session;
  throw new StudioError('engine.unavailable', `There is no ${kind} engine here.`, {
    kind,
    reason: 'this studio runs without one',
    retryAtMs: null,
  });
}

function readMainMemory(): FreeMemory {
  return { totalMiB: totalmem() / BYTES_PER_MIB, freeMiB: freemem() / BYTES_PER_MIB };
}

/** Many changes in one turn of the loop become one call. */
function createAnnouncer() {
  const listeners = new Set<() => void>();
  let isDue = false;
  return {
    changed: () => {
      if (isDue) return;
      isDue = true;
      setImmediate(() => {
        isDue = false;
        for (const listener of listeners) listener();
      });
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
