import { appendFileSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ObjectHash } from '../../../../../electron/contract/identifiers.ts';
import { connectSqlite } from '../../../../../electron/library/database/sqlite-connection.ts';
import {
  completeJobs,
  createTestFolder,
  makePictureBytes,
  openTestLibrary,
  preparePlan,
} from '../../../../support/library-fixtures.ts';

/** A closed library with eight pictures, one still waiting job and stars. */
async function makeLibrary() {
  const folder = createTestFolder();
  const library = openTestLibrary(folder.path);
  const plan = await preparePlan(library);
  library.batches.start(plan.planId, null, 'owner');
  const made = await completeJobs(library);
  library.batches.start(plan.planId, null, 'owner');
  library.verdicts.decide({ assetIds: made, decision: { axis: 'stars', value: 2 }, reason: '', reviewer: 'ada' });
  const hashes = library.assets.summaries(made).map(({ hash }) => hash);
  library.close();
  return {
    path: folder.path,
    hash: hashes[0] as ObjectHash,
    other: hashes[1] as ObjectHash,
    [Symbol.dispose]: folder[Symbol.dispose],
  };
}

const fileOf = (path: string, hash: string) => join(path, 'objects', hash.slice(0, 2), hash.slice(2));

async function check(path: string) {
  using library = openTestLibrary(path, { idStart: 1_000_000 });
  return await library.fsck({ read: 'all' });
}

/** Writes to the rows behind the library's back. */
function meddle(path: string, sql: string): void {
  const connection = connectSqlite(join(path, 'library.db'), 'write');
  connection.pragma('foreign_keys = OFF');
  connection.pragma('ignore_check_constraints = ON');
  connection.exec(sql);
  connection.close();
}

/** The schema forbids two assets of one job, so the table is made again without that. */
function duplicateAsset(path: string): void {
  const connection = connectSqlite(join(path, 'library.db'), 'write');
  connection.pragma('foreign_keys = OFF');
  const sql = String(connection.prepare("SELECT sql FROM sqlite_schema WHERE name = 'assets'").pluck().get());
  connection.exec(`CREATE TABLE copy AS SELECT * FROM assets; DROP TABLE assets; ${sql.replace('job_sequence INTEGER NOT NULL UNIQUE', 'job_sequence INTEGER NOT NULL')};
    INSERT INTO assets SELECT * FROM copy; UPDATE copy SET sequence = 1000, id = '7zzzzzzzzzzzzzzzzzzzzzzzzz'; INSERT INTO assets SELECT * FROM copy LIMIT 1; DROP TABLE copy`);
  connection.close();
}

describe('fsck', () => {
  it('finds nothing wrong with a sound library', async () => {
    using scene = await makeLibrary();
    expect(await check(scene.path)).toEqual({
      ok: true,
      findings: [],
      orphans: [],
      temporaryFiles: [],
      objects: 9,
      bytesRead: expect.any(Number),
    });
  });

  it('finds a missing, a cut, a grown, a changed and a swapped file', async () => {
    using scene = await makeLibrary();
    const { path, hash, other } = scene;
    const sound = readFileSync(fileOf(path, hash));
    // By the names that people know it by: picture and campaign.
    const of = [expect.stringMatching(/^the picture ".+" \([0-9a-z]{26}\) of .+$/)];
    const expectFinding = async (damage: () => void, finding: unknown) => {
      damage();
      expect((await check(path)).findings).toEqual([finding]);
      writeFileSync(fileOf(path, hash), sound);
    };
    await expectFinding(() => rmSync(fileOf(path, hash)), { kind: 'objectMissing', hash, of });
    await expectFinding(() => truncateSync(fileOf(path, hash), 10), {
      kind: 'objectWrongSize',
      hash,
      of,
      expectedBytes: 3000,
      foundBytes: 10,
    });
    await expectFinding(() => appendFileSync(fileOf(path, hash), 'x'), {
      kind: 'objectWrongSize',
      hash,
      of,
      expectedBytes: 3000,
      foundBytes: 3001,
    });
    for (const at of [0, 1500, 2999]) {
      await expectFinding(
        () =>
          writeFileSync(
            fileOf(path, hash),
            sound.map((byte, index) => (index === at ? byte ^ 4 : byte)),
          ),
        { kind: 'objectWrongHash', hash, of, foundHash: expect.any(String) },
      );
    }
    await expectFinding(() => writeFileSync(fileOf(path, hash), readFileSync(fileOf(path, other))), {
      kind: 'objectWrongHash',
      hash,
      of,
      foundHash: other,
    });
    expect((await check(path)).ok).toBe(true);
  });

  it('sees changed bytes only when it may read them', async () => {
    using scene = await makeLibrary();
    writeFileSync(fileOf(scene.path, scene.hash), new Uint8Array(3000));
    using library = openTestLibrary(scene.path, { idStart: 1_000_000 });
    expect((await library.fsck({ read: 'none' })).ok).toBe(true);
    expect((await library.fsck({ read: 'all' })).ok).toBe(false);
  });

  it.each([
    [
      'a finished job without its asset',
      'INSERT INTO emptying VALUES (1); DELETE FROM recipes; DELETE FROM reports; DELETE FROM verdicts; DELETE FROM assets WHERE sequence = 1; DELETE FROM emptying',
      'jobWithoutAsset',
    ],
    [
      'a job that was set back although its asset exists',
      "UPDATE jobs SET state = 'waiting', asset_id = NULL, output = NULL WHERE sequence = 1",
      'queue',
    ],
    ['a batch that lost a job', 'DELETE FROM jobs WHERE sequence = 16', 'queue'],
    ['a finished batch with open jobs', "UPDATE runs SET state = 'finished'", 'queue'],
    ['a plan that lost a cell', 'DELETE FROM cells WHERE sequence = 8', 'queue'],
    [
      'a row that names a missing row',
      'DELETE FROM objects WHERE hash = (SELECT hash FROM assets LIMIT 1)',
      'reference',
    ],
  ])('finds %s', async (_, sql, kind) => {
    using scene = await makeLibrary();
    meddle(scene.path, sql);
    const { ok, findings } = await check(scene.path);
    expect(ok).toBe(false);
    expect(findings.map((finding) => finding.kind)).toContain(kind);
  });

  it('finds two assets of one job', async () => {
    using scene = await makeLibrary();
    duplicateAsset(scene.path);
    expect((await check(scene.path)).findings).toContainEqual({
      kind: 'jobWithTwoAssets',
      jobId: expect.any(String),
      assetIds: [expect.any(String), '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    });
  });

  it('finds damage inside the database file', async () => {
    using scene = await makeLibrary();
    const connection = connectSqlite(join(scene.path, 'library.db'), 'write');
    const page = Number(
      connection.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'verdicts_by_asset'").pluck().get(),
    );
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    const bytes = readFileSync(join(scene.path, 'library.db'));
    bytes.fill(0xff, (page - 1) * 4096 + 100, page * 4096);
    writeFileSync(join(scene.path, 'library.db'), bytes);
    expect((await check(scene.path)).findings.map(({ kind }) => kind)).toContain('database');
  });
});

describe('repair', () => {
  it('moves files that no row names to the bin, and nothing else', async () => {
    using scene = await makeLibrary();
    const { path } = scene;
    using library = openTestLibrary(path, { idStart: 1_000_000 });
    const orphan = await library.store.put(makePictureBytes(999));
    writeFileSync(join(path, 'objects', 'ab', 'stray.txt'), 'stray');
    const report = await library.fsck({ read: 'all' });
    expect(report).toMatchObject({ ok: true, objects: 9 });
    expect(report.orphans.toSorted()).toEqual([`${orphan.slice(0, 2)}/${orphan.slice(2)}`, 'ab/stray.txt'].toSorted());
    expect((await library.repair()).movedToBin.toSorted()).toEqual(report.orphans.toSorted());
    expect(readdirSync(join(path, 'bin')).toSorted()).toEqual([orphan, 'abstray.txt'].toSorted());
    expect(await library.fsck({ read: 'all' })).toMatchObject({ ok: true, orphans: [], objects: 9 });
  });
});
