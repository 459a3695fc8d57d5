import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createEngines } from '../engines/create-engines.ts';
import type { EngineEntries, Engines } from '../engines/engine-client.ts';
import { createModelInstaller } from '../engines/model-installer.ts';
import { openModelStore } from '../engines/model-store.ts';
import type { ModelStore } from '../engines/model-store.ts';
import { systemClock } from '../library/clock.ts';
import { openLibrary } from '../library/open-library.ts';
import { createIdSource } from '../studio/create-id-source.ts';
import { createStudio } from '../studio/create-studio.ts';
import type { Studio } from '../studio/create-studio.ts';
import type { HostFacts } from '../studio/studio-context.ts';
import type { PictureFinisher } from '../studio/finishing/picture-finisher.ts';
import { importExamples } from '../studio/import-examples.ts';
import { openFailureLog } from './open-failure-log.ts';
import {
  dataFolder,
  defaultThreads,
  examplesFolder,
  listModelFolders,
  openFileReader,
  ownModelsFolder,
  readVersion,
  shippedEngines,
  shippedImageEngine,
} from './host-defaults.ts';

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
  /** Why a studio before this one had to be ended, where that is why this one was started. */
  readonly restartedAfter?: HostFacts['restartedAfter'];
  /** How often a queue that waits looks again, in milliseconds. */
  readonly probeMs?: number;
};

export type HostStudio = {
  readonly studio: Studio;
  readonly engines: Engines;
  readonly close: () => Promise<void>;
};

/** Opens the library and starts a studio with real engines on it: what every host does. @throws library.locked, library.notALibrary, library.damaged, library.diskFull */
export async function openHostStudio(options: HostStudioOptions): Promise<HostStudio> {
  const { libraryFolder } = options;
  const newId = createIdSource({ nowMs: systemClock.nowMs, randomBytes });
  const library = openLibrary({ folder: libraryFolder, clock: systemClock, newId, mode: 'write' });
  const nodePath = options.nodePath ?? process.execPath;
  const importFolder = options.importFolder ?? ownModelsFolder();
  const models =
    options.modelStore ??
    openModelStore({
      folders: listModelFolders([...(options.importFolder ? [importFolder] : []), ...(options.modelFolders ?? [])]),
      hashCacheFile: join(dataFolder(), 'cache', 'model-hashes.json'),
    });
  const installer = createModelInstaller({
    store: models,
    modelsFolder: importFolder,
    nodePath,
    entry: shippedImageEngine(),
  });
  const engines = createEngines({
    nodePath,
    entries: options.engineEntries ?? shippedEngines(),
    models,
    threads: options.threads ?? defaultThreads(),
    mergeCacheFolder: join(dataFolder(), 'cache', 'merged'),
  });
  const reader = openFileReader(nodePath);
  const closeBoth = async () => {
    await reader[Symbol.asyncDispose]();
    await engines[Symbol.asyncDispose]();
    library.close();
  };
  try {
    const studio = createStudio({
      library,
      engines,
      installer,
      reader,
      clock: systemClock,
      newId,
      exportsFolder: join(libraryFolder, 'exports'),
      ...(options.probeMs === undefined ? {} : { probeMs: options.probeMs }),
      ...(options.finisher === undefined ? {} : { finisher: options.finisher }),
      facts: {
        version: readVersion(),
        platform: `${process.platform} ${process.arch}`,
        listening: options.listening ?? (() => null),
        restartedAfter: options.restartedAfter ?? null,
      },
      logFailure: openFailureLog(join(libraryFolder, 'studio.log')),
    });
    const close = async () => {
      await studio[Symbol.asyncDispose]();
      await closeBoth();
    };
    if (library.created && options.withExamples !== false) await importExamples(studio.context, examplesFolder);
    return { studio, engines, close };
  } catch (error) {
    await closeBoth();
    throw error;
  }
}
