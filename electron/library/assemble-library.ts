import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StudioError, isStudioError } from '../contract/errors.ts';
import { AssetIndex } from './index/asset-index.ts';
import type { Clock } from './database/clock.ts';
import type { FileOperations } from './objects/file-operations.ts';
import { repairLibrary, runFsck } from './folder/fsck.ts';
import { LibraryDatabase, translateSqliteError } from './database/library-database.ts';
import {
  libraryPaths,
  listShards,
  makeLibraryFolders,
  ownNames,
  sweepIncoming,
  syncFolderNow,
} from './folder/library-folder.ts';
import type { LibraryPaths } from './folder/library-folder.ts';
import { LibraryLock } from './folder/library-lock.ts';
import type { Library } from './library.ts';
import type { ReadOnlyReason } from './folder/read-only-reason.ts';
import { listCopies } from './folder/backups.ts';
import { assertOwnLog, assertPlaces } from './folder/look-before-opening.ts';
import { APPLICATION_ID, backUpDatabase, isPossibleVersion, migrate, newestVersion } from './database/migrate.ts';
import type { Migration } from './database/migrations/migration.ts';
import { createObjectStore } from './objects/object-store.ts';
import { removeSetAside } from './folder/remove-files.ts';
import { createAssetRepository } from './repositories/asset-repository.ts';
import { createBatchRepository } from './repositories/batch-repository.ts';
import { RESTORE_REMEDY } from './folder/restore-remedy.ts';
import { createBinRepository } from './repositories/bin-repository.ts';
import { createBrandDraftRepository } from './repositories/brand-draft-repository.ts';
import { createBrandRepository } from './repositories/brand-repository.ts';
import { createBriefRepository } from './repositories/brief-repository.ts';
import { createCopyRepository } from './repositories/copy-repository.ts';
import { createDeliverableRepository } from './repositories/deliverable-repository.ts';
import { createDeliveryRepository } from './repositories/delivery-repository.ts';
import { createFormatRepository } from './repositories/format-repository.ts';
import { createEventRepository } from './repositories/event-repository.ts';
import { releaseLeases } from './repositories/job-in-hand.ts';
import { createImportRepository } from './repositories/import-repository.ts';
import { createJobRepository } from './repositories/job-repository.ts';
import { createObjectRepository } from './repositories/object-repository.ts';
import { createInviteRepository } from './repositories/invite-repository.ts';
import { createPersonRepository } from './repositories/person-repository.ts';
import { createPictureRepository } from './repositories/picture-repository.ts';
import { createPlanRepository } from './repositories/plan-repository.ts';
import type { RepositoryContext } from './repositories/repository-context.ts';
import { createRescoreRepository } from './repositories/rescore-repository.ts';
import { createRunRepository } from './repositories/run-repository.ts';
import { createScoreRepository } from './repositories/score-repository.ts';
import { createSearchRepository } from './repositories/search-repository.ts';
import { createSettingRepository } from './repositories/setting-repository.ts';
import { createThumbnailRepository } from './repositories/thumbnail-repository.ts';
import { createVerdictRepository } from './repositories/verdict-repository.ts';
import { applyRoles } from './repositories/verdict-rule.ts';
import { connectSqlite, readNumberPragma } from './database/sqlite-connection.ts';
import type { Connection } from './database/sqlite-connection.ts';
import { diskFullError, hasErrorCode } from './folder/volume.ts';
import { copyToRead, isWriteProtected, WRITE_PROTECTED } from './folder/write-protected.ts';

export type OpenLibraryOptions = {
  readonly folder: string;
  readonly clock: Clock;
  /** Makes identifiers in the layout that `contract/identifiers.ts` describes. */
  readonly newId: () => string;
  /** 'write' makes the library when the folder is empty or absent and takes the lock; 'read' does neither. */
  readonly mode: 'write' | 'read';
};

/** What a proof may replace. The product has one set, in `open-library.ts`. */
export type LibrarySeams = {
  readonly operations: FileOperations;
  readonly configure: (connection: Connection, mode: 'write' | 'read') => void;
  readonly migrations: readonly Migration[];
};

/** What an open library holds and lets go of when it is closed. */
type LibraryHold = Pick<LibraryLock, 'keep' | 'release'>;

type OpenedDatabase = {
  readonly connection: Connection;
  readonly created: boolean;
  readonly readOnly: ReadOnlyReason | null;
};

export function assembleLibrary(options: OpenLibraryOptions, seams: LibrarySeams): Library {
  const folder = resolve(options.folder);
  const paths = libraryPaths(folder);
  let lock: LibraryLock | null = null;
  try {
    assertPlaces(paths);
    if (options.mode === 'write') {
      assertOurFolder(folder, paths);
      makeLibraryFolders(folder);
      lock = LibraryLock.take(paths, options.clock);
      assertOwnLog(paths);
      sweepIncoming(paths);
    }
    const opened = openDatabase(paths, options, seams);
    return buildLibrary(folder, paths, options, seams, opened, lock);
  } catch (error) {
    lock?.release();
    if (options.mode === 'write' && isWriteProtected(error) && existsSync(paths.database)) {
      return openProtected(folder, paths, options, seams);
    }
    throw translateOpenError(error, folder);
  }
}

/** A library on a medium that cannot be written can be looked at all the same. */
function openProtected(folder: string, paths: LibraryPaths, options: OpenLibraryOptions, seams: LibrarySeams): Library {
  const readOnly = { reason: WRITE_PROTECTED, tooNew: null };
  const open = (where: LibraryPaths, hold: LibraryHold | null) => {
    const opened = openDatabase(where, { ...options, mode: 'read' }, seams);
    return buildLibrary(
      folder,
      paths,
      options,
      seams,
      { ...opened, readOnly: opened.readOnly?.tooNew ? opened.readOnly : readOnly },
      hold,
    );
  };
  try {
    return open(paths, null);
  } catch (error) {
    if (!isWriteProtected(error)) {
      throw translateOpenError(error, folder);
    }
  }
  const copy = copyToRead(paths);
  try {
    return open(copy.paths, { keep: () => undefined, release: copy.remove });
  } catch (error) {
    copy.remove();
    throw translateOpenError(error, folder);
  }
}

function openDatabase(paths: LibraryPaths, { mode, clock }: OpenLibraryOptions, seams: LibrarySeams): OpenedDatabase {
  if (mode === 'read' && !existsSync(paths.database)) {
    throw notALibrary(paths.database);
  }
  // Looked at before SQLite makes an empty file of that name.
  if (mode === 'write' && !existsSync(paths.database) && isInUse(paths)) {
    throw databaseMissing();
  }
  let connection = connectSqlite(paths.database, mode);
  try {
    const found = identify(connection, paths, seams.migrations);
    const supported = newestVersion(seams.migrations);
    if (found > supported) {
      connection.close();
      connection = connectSqlite(paths.database, 'read');
      seams.configure(connection, 'read');
      return {
        connection,
        created: false,
        readOnly: { reason: 'a newer version of this program wrote it', tooNew: { found, supported } },
      };
    }
    seams.configure(connection, mode);
    if (mode === 'read') {
      if (found < supported) {
        throw new StudioError(
          'library.readOnly',
          'The library has to be brought up to date first; open it for writing once.',
          { reason: 'it was written by an older version of this program' },
        );
      }
      return { connection, created: false, readOnly: { reason: 'it was opened for reading', tooNew: null } };
    }
    migrate(connection, paths, seams.migrations, clock.nowMs());
    // The name of a new library.db must be as safe as its content before anything is acknowledged.
    syncFolderNow(dirname(paths.database));
    return { connection, created: found === 0, readOnly: null };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Returns `user_version`; 0 for a database in which nothing stands yet. @throws library.notALibrary, library.damaged for a version that no program writes */
function identify(connection: Connection, paths: LibraryPaths, migrations: readonly Migration[]): number {
  const tables = Number(connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const applicationId = readNumberPragma(connection, 'application_id');
  if (tables === 0 && applicationId === 0) {
    if (isInUse(paths)) {
      throw databaseMissing();
    }
    return 0;
  }
  if (applicationId !== APPLICATION_ID) {
    throw notALibrary(paths.database);
  }
  const version = readNumberPragma(connection, 'user_version');
  if (!isPossibleVersion(version, migrations)) {
    const what = `library.db says that it is of version ${version}, which no program writes`;
    throw new StudioError('library.damaged', `The library file is damaged: ${what}.`, { what, remedy: RESTORE_REMEDY });
  }
  return version;
}

function databaseMissing(): StudioError<'library.damaged'> {
  return new StudioError('library.damaged', 'The library has files or copies, but its database is empty or missing.', {
    what: 'library.db is empty or missing',
    remedy: RESTORE_REMEDY,
  });
}

/** Files or copies of an earlier database: this is no new library, and an empty one must not take its place. */
function isInUse(paths: LibraryPaths): boolean {
  return (
    listCopies(paths).length > 0 ||
    listShards().some(
      (shard) => existsSync(join(paths.objects, shard)) && readdirSync(join(paths.objects, shard)).length > 0,
    )
  );
}

function notALibrary(what: string): StudioError<'library.notALibrary'> {
  return new StudioError('library.notALibrary', 'This is not a Housestyle library.', { what: basename(what) });
}

/** A library is made in an empty folder only, so that nobody's other files end up inside one. */
function assertOurFolder(folder: string, paths: LibraryPaths): void {
  if (!existsSync(folder) || existsSync(paths.database)) {
    return;
  }
  const foreign = readdirSync(folder).find((name) => !ownNames.includes(name));
  if (foreign !== undefined) {
    throw new StudioError('library.notALibrary', `The folder holds other files, such as ${foreign}.`, {
      what: foreign,
    });
  }
}

function translateOpenError(error: unknown, folder: string): unknown {
  if (isStudioError(error)) {
    return error;
  }
  if (hasErrorCode(error, 'ENOSPC', 'EDQUOT')) {
    return diskFullError(folder, null, error);
  }
  if (isWriteProtected(error)) {
    return new StudioError(
      'library.readOnly',
      'The library folder cannot be written.',
      { reason: WRITE_PROTECTED },
      { cause: error },
    );
  }
  if (hasErrorCode(error, 'ENOTDIR', 'EEXIST')) {
    return new StudioError(
      'library.notALibrary',
      'The path names a file, not a folder.',
      { what: basename(folder) },
      { cause: error },
    );
  }
  return translateSqliteError(error, folder) ?? error;
}

function buildLibrary(
  folder: string,
  paths: LibraryPaths,
  options: OpenLibraryOptions,
  seams: LibrarySeams,
  opened: OpenedDatabase,
  lock: LibraryHold | null,
): Library {
  const { connection, created, readOnly } = opened;
  const database = new LibraryDatabase(connection, folder, readOnly, {
    beforeWrite: () => lock?.keep(),
    nowMs: options.clock.nowMs,
  });
  const store = createObjectStore(paths, seams.operations);
  const context: RepositoryContext = {
    database,
    store,
    assetIndex: new AssetIndex(database),
    clock: options.clock,
    newId: options.newId,
  };
  if (readOnly === null) {
    releaseLeases(context, Number.MAX_VALUE);
  }
  const assets = createAssetRepository(context);
  const settings = createSettingRepository(context);
  const people = createPersonRepository(context, () => applyRoles(context, settings));
  let open = true;
  const close = () => {
    if (open) {
      open = false;
      database.close();
      lock?.release();
    }
  };
  return {
    folder,
    name: basename(folder),
    created,
    readOnly,
    store,
    assets,
    objects: createObjectRepository(context),
    briefs: createBriefRepository(context),
    brands: createBrandRepository(context),
    brandDrafts: createBrandDraftRepository(context),
    copies: createCopyRepository(context),
    deliverables: createDeliverableRepository(context),
    formats: createFormatRepository(context),
    people,
    invites: createInviteRepository(context, people),
    plans: createPlanRepository(context),
    batches: createBatchRepository(context),
    jobs: createJobRepository(context),
    verdicts: createVerdictRepository(context, assets, settings),
    scores: createScoreRepository(context),
    pictures: createPictureRepository(context),
    imports: createImportRepository(context),
    rescores: createRescoreRepository(context),
    runs: createRunRepository(context),
    thumbnails: createThumbnailRepository(context),
    deliveries: createDeliveryRepository(context),
    events: createEventRepository(context),
    search: createSearchRepository(context),
    bin: createBinRepository(context, (hashes) => removeSetAside(paths, hashes)),
    settings,
    fsck: ({ read }) => runFsck(database, paths, read),
    repair: () => repairLibrary(database, paths),
    backUp: (file) => backUpDatabase(connection, file),
    close,
    [Symbol.dispose]: close,
  };
}
