import type { Batch } from '../../contract/batch.ts';
import type { RunId } from '../../contract/identifiers.ts';
import type { Run } from '../../contract/run.ts';
import type { Engines } from '../../engines/engine-client.ts';
import type { ModelInstaller } from '../../engines/models/model-installer.ts';
import type { Clock } from '../../library/database/clock.ts';
import type { Library } from '../../library/library.ts';
import type { BatchRecord } from '../../library/repositories/batch-repository.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { PictureFinisher } from '../compose/finishing/picture-finisher.ts';
import type { RunRecord } from '../../library/repositories/run-repository.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { LaneGates } from '../jobs/lane-gates.ts';
import type { PreviewStore } from '../streams/preview-store.ts';
import type { WorkRate } from '../jobs/work-rate.ts';

/** What a host tells of itself. */
export type HostFacts = {
  readonly version: string;
  readonly platform: string;
  /** Address that other machines can reach, or null when only this machine can. */
  readonly listening: () => string | null;
  /** Of the doors that browsers come in by ("https://192.168.1.5:4870"), those that other machines reach first. */
  readonly addresses: () => readonly string[];
  /** The studio before this one stopped answering, or ended by itself; null for an ordinary start. */
  readonly restartedAfter: 'frozen' | 'ended' | null;
};

/** Everything that use-cases work with. Built once by `createStudio`. */
export type StudioContext = {
  readonly library: Library;
  readonly engines: Engines;
  readonly installer: ModelInstaller;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly feed: EventFeed;
  readonly previews: PreviewStore;
  readonly finisher: PictureFinisher;
  /** Sets samples and previews, several at a time and beside the batch: neither waits for the other. */
  readonly sampler: PictureFinisher;
  readonly runner: JobRunner;
  /** Opens files of strangers. */
  readonly reader: FileReader;
  readonly gates: LaneGates;
  readonly rate: WorkRate;
  /** Each export makes its own folder in here. */
  readonly exportsFolder: string;
  readonly facts: HostFacts;
  readonly startedAtMs: number;
  readonly viewRun: (record: RunRecord) => Run;
  readonly viewBatch: (record: BatchRecord) => Batch;
  /** Calls back after every change of this run; returns the way out. */
  readonly onRunChange: (runId: RunId, listener: () => void) => () => void;
  /** Calls back when engines, ledgers or the queue changed; returns the way out. */
  readonly onStatusChange: (listener: () => void) => () => void;
};
