import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestFolder, openTestLibrary } from '../../../support/library-fixtures.ts';
import { recordStatements } from '../../../support/statements/record-statements.ts';
import type { Recorded, Recorder } from '../../../support/statements/record-statements.ts';
import { useEverything } from '../../../support/statements/use-everything.ts';

/** Tables that grow with the work. Whoever reads one whole reads a million rows one day. */
const large = [
  'assets',
  'asset_art',
  'asset_texts',
  'cells',
  'copies',
  'documents',
  'events',
  'job_needs',
  'jobs',
  'objects',
  'recipes',
  'report_checks',
  'reports',
  'review_groups',
  'verdicts',
];
/** Calls that read a whole table because that is what they are for. */
const mayScan: Readonly<Record<string, string>> = {
  'assets.counts':
    'which pictures fail one check stands in a list inside the row, and is read when somebody filters by it',
  'batches.start': 'what SQLite would do for a row that others wait for already; there is none, so it reads nothing',
  'bin.empty': 'texts that no picture names any more are looked for once, when somebody empties the bin',
  'briefs.list': 'counts the pictures of each brief in an index that holds nothing else',
  'events.latest': 'reads the last row and stops',
  fsck: 'looks at everything, that is what it is for',
  'plans.create': 'what SQLite would do for a row that others wait for already; there is none, so it reads nothing',
  repair: 'looks for every file that no row names',
  'rescores.start': 'makes a job for every picture of its scope',
  'scores.overview': 'counts the pictures of its scope that are out of use',
  'scores.versions': 'counts reports on all pictures of its scope',
  'verdicts.setRule': 'derives the status of every picture anew, when an admin changes the rule',
  'thumbnails.missing': 'reads an index that holds pictures without thumbnails and nothing else',
};

const folder = createTestFolder();
let recorder: Recorder;
let statements: readonly Recorded[] = [];

beforeAll(async () => {
  recorder = recordStatements(() => openTestLibrary(folder.path));
  await useEverything(recorder.library);
  statements = recorder.recorded(join(folder.path, 'library.db'));
}, 60_000);
afterAll(() => {
  recorder.stop();
  folder[Symbol.dispose]();
});

/** Calls whose change nobody has to hear of. */
const silent: Readonly<Record<string, string>> = {
  backUp: 'writes another file',
  'events.advance': 'how far a reader of the events is',
  'jobs.begin': 'what is in hand is a stream, and no fact that stays',
  'jobs.claim': 'what is in hand is a stream, and no fact that stays',
  'jobs.heartbeat': 'what is in hand is a stream, and no fact that stays',
  'jobs.keepDraft': 'what is in hand is a stream, and no fact that stays',
  'objects.remember': 'the row that names the file tells of it',
  opening: 'the tables of a new library',
  'people.noteVisit': 'when somebody came in is no change of the library',
  'settings.set': 'whoever sets one records what it means',
  'thumbnails.recordFailure': 'the picture itself is shown instead',
};

/** Methods of the object store and of the file system ask the database nothing. */
const isOfFiles = (call: string) => call.startsWith('store.');

describe('the statements of a library', () => {
  it('are all run here: a method that the scenario does not call has no reviewed plan', () => {
    expect(recorder.uncalled().filter((call) => !isOfFiles(call))).toEqual([]);
  });

  it('find their rows as reviewed', async () => {
    const text = statements
      .map(({ call, sql, plan }) => `${call}\n  ${sql}\n${plan.map((line) => `    ${line}\n`).join('')}`)
      .join('\n');
    await expect(text).toMatchFileSnapshot('statements.plans.txt');
  });

  it('read no table whole that grows with the work', () => {
    const scans = statements.flatMap(({ call, sql, plan }) =>
      plan
        .filter((line) => large.some((table) => new RegExp(`^SCAN ${table}\\b`).test(line)))
        .filter(() => !(call in mayScan))
        .map((line) => `${call}: ${line}: ${sql.slice(0, 160)}`),
    );
    expect(scans).toEqual([]);
    const scanning = new Set(
      statements.filter(({ plan }) => plan.some((line) => line.startsWith('SCAN'))).map(({ call }) => call),
    );
    expect(Object.keys(mayScan).filter((call) => !scanning.has(call))).toEqual([]);
  });

  it('tell of every change in the transaction that makes it', () => {
    const untold = [...recorder.writing()].filter(([, told]) => told === 'silent').map(([call]) => call);
    expect(untold.toSorted()).toEqual(Object.keys(silent).toSorted());
  });
});
