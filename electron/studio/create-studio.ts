import { availableParallelism } from 'node:os';
import { isStudioError } from '../contract/errors.ts';
import type { Engines } from '../engines/engine-client.ts';
import type { ModelInstaller } from '../engines/models/model-installer.ts';
import type { Clock } from '../library/database/clock.ts';
import { keepDailyCopies } from './backups/daily-copies.ts';
import type { Library } from '../library/library.ts';
import { ThumbnailWorker } from '../library/objects/thumbnails.ts';
import type { FileReader } from './reading/file-reader.ts';
import { createEventFeed } from './events/event-feed.ts';
import { createPictureFinisher } from './compose/finishing/picture-finisher.ts';
import type { PictureFinisher } from './compose/finishing/picture-finisher.ts';
import { createGuardedImplementer } from './rpc/guard.ts';
import type { FailureLog } from './rpc/guard.ts';
import { createListeners } from './streams/listeners.ts';
import { createPreviewStore } from './streams/preview-store.ts';
import type { PreviewStore } from './streams/preview-store.ts';
import { createJobKinds } from './jobs/create-job-kinds.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { createLaneGates } from './jobs/lane-gates.ts';
import { viewRun } from './jobs/view-run.ts';
import type { RunSources } from './jobs/view-run.ts';
import { viewBatch } from './plan/view-batch.ts';
import { createRouter } from './rpc/router.ts';
import { createPictureScorer } from './measure/picture-scorer.ts';
import type { StudioRouter } from './rpc/router.ts';
import type { HostFacts, StudioContext } from './system/studio-context.ts';
import { toStudioError } from './rpc/wire-error.ts';
import { openRate } from './jobs/rate-memory.ts';
import { createRunRates } from './jobs/run-rates.ts';

/** Each sample thread holds the fonts and pictures that it works on, so more would cost memory and gain little. */
const SAMPLE_THREADS = Math.max(1, Math.min(3, availableParallelism() - 1));

export type StudioOptions = {
  readonly library: Library;
  readonly engines: Engines;
  /** Opens files of strangers. */
  readonly reader: FileReader;
  /** Brings models in and takes them away. */
  readonly installer: ModelInstaller;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly facts: HostFacts;
  /** Each export makes its own folder in here. */
  readonly exportsFolder: string;
  readonly logFailure: FailureLog;
  /** What sets type and logo. Default: a thread of this process. */
  readonly finisher?: PictureFinisher;
  /** How often a queue that waits looks again, in milliseconds. */
  readonly probeMs?: number;
};

/** A studio without a transport. Hosts put the router behind a port or a socket. It does not own library and engines: whoever opened them closes them, after this. */
export type Studio = {
  readonly router: StudioRouter;
  readonly previews: PreviewStore;
  readonly context: StudioContext;
  [Symbol.asyncDispose](): Promise<void>;
};

/** Puts the studio together and starts its queue: what was left unfinished goes on. */
export function createStudio(options: StudioOptions): Studio {
  const { library, engines, installer, clock, newId, logFailure } = options;
  const feed = createEventFeed(library.events);
  const previews = createPreviewStore();
  const finisher = options.finisher ?? createPictureFinisher();
  const sampler = options.finisher ?? createPictureFinisher(SAMPLE_THREADS);
  const rate = openRate(library, (error) => logFailure({ logId: newId(), procedure: 'work rate', error }));
  const runListeners = createListeners();
  const statusListeners = createListeners();
  const stopEngineListener = engines.onChange(statusListeners.notify);
  /** Streams look again: at what is in hand and how far, which is no event, and at every event. */
  const lookAgain = () => {
    runListeners.notify();
    statusListeners.notify();
  };
  const stopEventListener = library.events.onCommit(lookAgain);
  const gates = createLaneGates({
    nowMs: clock.nowMs,
    onChange() {
      lookAgain();
      // What a full disk kept from being made is made up for together with the queue.
      if (gates.of.disk.sentence() === null) makeThumbnails();
    },
    ...(options.probeMs === undefined ? {} : { probeMs: options.probeMs }),
  });

  const thumbnails = new ThumbnailWorker(library);
  const makeThumbnails = () => {
    thumbnails.wake();
    // The next picture, the opening gate or the next start tries again. A full disk says so through the queue and fills no log.
    thumbnails.settle().catch((error: unknown) => {
      if (isStudioError(error) && error.code === 'library.diskFull') return;
      logFailure({ logId: newId(), procedure: 'thumbnails', error });
    });
  };
  const toLoggedError = (error: unknown) => {
    const known = toStudioError(error, newId);
    if (known.code === 'internal.unexpected' && 'logId' in known.data)
      logFailure({ logId: known.data.logId, procedure: 'job', error: known.cause ?? known });
    return known;
  };
  const scorer = createPictureScorer();
  const rates = createRunRates(rate);
  const kinds = createJobKinds({
    library,
    engines,
    installer,
    reader: options.reader,
    finisher,
    scorer,
    previews,
    clock,
    newId,
    exportsFolder: options.exportsFolder,
    onPicture(seconds) {
      rate.add(seconds);
      makeThumbnails();
    },
    onImported: makeThumbnails,
  });
  const runner = new JobRunner({
    jobs: library.jobs,
    kinds,
    gates: gates.of,
    worker: newId(),
    nowMs: clock.nowMs,
    toStudioError: toLoggedError,
    onJob({ kind }, tookMs) {
      if (tookMs !== null) rates.add(kind, tookMs / 1000);
      lookAgain();
    },
    onProgress: lookAgain,
  });
  const runSources: RunSources = {
    runner,
    gates,
    rateOf: (kind) => rates.of(kind),
    listRunning: () => library.runs.listRunning(),
  };
  const context: StudioContext = {
    exportsFolder: options.exportsFolder,
    library,
    engines,
    installer,
    clock,
    newId,
    feed,
    previews,
    finisher,
    sampler,
    runner,
    reader: options.reader,
    gates,
    rate,
    facts: options.facts,
    startedAtMs: clock.nowMs(),
    viewRun: (record) => viewRun(record, runSources),
    viewBatch: (record) => viewBatch(record, runSources),
    onRunChange: (_runId, listener) => runListeners.add(listener),
    onStatusChange: statusListeners.add,
  };
  const copies =
    library.readOnly === null
      ? keepDailyCopies({
          folder: library.folder,
          clock,
          onFailure: (error) => logFailure({ logId: newId(), procedure: 'daily copy of the library', error }),
        })
      : null;
  if (library.readOnly === null) {
    runner.start();
    makeThumbnails();
  }
  return {
    router: createRouter(createGuardedImplementer({ library, logFailure, newLogId: newId }), context),
    previews,
    context,
    async [Symbol.asyncDispose]() {
      stopEngineListener();
      stopEventListener();
      await runner.close();
      await copies?.[Symbol.asyncDispose]();
      await scorer[Symbol.asyncDispose]();
      await thumbnails.stop();
      await finisher[Symbol.asyncDispose]();
      await sampler[Symbol.asyncDispose]();
      rate.save();
    },
  };
}
