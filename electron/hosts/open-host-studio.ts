import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createEngines } from '../engines/create-engines.ts';
import type { Engines } from '../engines/engine-client.ts';
import { createModelInstaller } from '../engines/models/model-installer.ts';
import { openModelStore } from '../engines/models/model-store.ts';
import { systemClock } from '../library/database/clock.ts';
import { openLibrary } from '../library/open-library.ts';
import { createIdSource } from '../studio/system/create-id-source.ts';
import { readAhead } from '../studio/system/read-ahead.ts';
import { createStudio } from '../studio/create-studio.ts';
import type { Studio } from '../studio/create-studio.ts';
import { importExamples } from '../studio/system/import-examples.ts';
import type { HostStudioOptions } from './host-studio-options.ts';
import { openFailureLog } from './open-failure-log.ts';
import { watchRejections } from './watch-rejections.ts';
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
  userName,
} from './host-defaults.ts';

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
  if (library.readOnly === null) library.people.nameOwner(options.ownerName ?? userName());
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
    ...(options.crashLimits && { limits: options.crashLimits }),
  });
  const logFailure = openFailureLog(join(libraryFolder, 'studio.log'));
  const reader = openFileReader(nodePath, {
    onEnd: (error) => logFailure({ logId: newId(), procedure: 'reader', error }),
  });
  const stopWatching = watchRejections({ logFailure, newLogId: newId });
  const closeBoth = async () => {
    await reader[Symbol.asyncDispose]();
    await engines[Symbol.asyncDispose]();
    library.close();
    stopWatching();
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
        addresses: options.addresses ?? (() => []),
        restartedAfter: options.restartedAfter ?? null,
      },
      logFailure,
    });
    const stopReading = options.readsAhead === true ? readAhead(library.assets) : () => undefined;
    const close = async () => {
      stopReading();
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
