import type { CrashLimits } from '../engines/process/crash-record.ts';
import type { EngineEntries } from '../engines/engine-client.ts';
import type { ModelStore } from '../engines/models/model-store.ts';
import type { PictureFinisher } from '../studio/compose/finishing/picture-finisher.ts';
import type { HostFacts } from '../studio/system/studio-context.ts';

export type HostStudioOptions = {
  readonly libraryFolder: string;
  /** The plain Node that engines run on. Default: the one that runs this. */
  readonly nodePath?: string;
  /** Threads for each engine. */
  readonly threads?: number;
  /** Folders with the user's own models. */
  readonly modelFolders?: readonly string[];
  /** Scripts that speak the engine protocol, by kind. Default: the engines that come with the product. */
  readonly engineEntries?: EngineEntries;
  readonly modelStore?: ModelStore;
  /** Where imported models go. Default: the user's model folder. */
  readonly importFolder?: string;
  readonly finisher?: PictureFinisher;
  readonly rendererFolder?: string;
  /** Puts the example brand and briefs into a library that was just made. Default: true. */
  readonly withExamples?: boolean;
  readonly listening?: () => string | null;
  readonly addresses?: () => readonly string[];
  /** Of the owner in a library where they have none yet. Default: the system's name of the user. */
  readonly ownerName?: string;
  /** Why a studio before this one had to be ended, where that is why this one was started. */
  readonly restartedAfter?: HostFacts['restartedAfter'];
  /** Whether pages will look at the gallery soon: reads what it needs while nobody waits. Default: false. */
  readonly readsAhead?: boolean;
  /** How often a queue that waits looks again, in milliseconds. */
  readonly probeMs?: number;
  /** When crashes of an engine are too many. */
  readonly crashLimits?: Partial<CrashLimits>;
};
