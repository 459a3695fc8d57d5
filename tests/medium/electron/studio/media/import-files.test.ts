import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../../electron/contract/asset.ts';
import type { ImportedAsset } from '../../../../../electron/contract/asset.ts';
import { manifestSchema } from '../../../../../electron/contract/delivery.ts';
import type { Run } from '../../../../../electron/contract/run.ts';
import { exportDelivery } from '../../../../../electron/studio/deliver/export-delivery.ts';
import { followRun } from '../../../../../electron/studio/jobs/follow-run.ts';
import { importPaths } from '../../../../../electron/studio/media/start-import.ts';
import { makePhotograph, makeWav, makeWordDocument, makeZip } from '../../../../support/own-files.ts';
import { openTestStudio } from '../../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../../support/studio/open-test-studio.ts';

const CASES = fileURLToPath(new URL('../../../../support/fixtures/hostile-files', import.meta.url));
const everything = assetFilterSchema.parse({});
const asked = { sharesMachine: true, role: 'producer', reviewer: 'Ada' } as const;
const never = new AbortController().signal;
let studio: TestStudio;
let files = '';

beforeAll(async () => {
  studio = await openTestStudio();
  files = mkdtempSync(join(tmpdir(), 'own-files-'));
  mkdirSync(join(files, 'shoot', '.cache'), { recursive: true });
  writeFileSync(join(files, 'shoot', 'Bottle on oak.jpg'), await makePhotograph());
  writeFileSync(join(files, 'shoot', 'jingle.wav'), makeWav(1.5));
  writeFileSync(join(files, 'shoot', 'notes.md'), '# Shoot\n\nThe Quokka stands left.\n');
  writeFileSync(join(files, 'shoot', 'terms.docx'), makeWordDocument(['Terms &amp; conditions', 'Only in Zanzibar']));
  writeFileSync(join(files, 'shoot', 'layers.psd'), '8BPS');
  writeFileSync(join(files, 'shoot', '.DS_Store'), 'x');
  symlinkSync(join(files, 'shoot', 'notes.md'), join(files, 'shoot', 'link.md'));
  cpSync(CASES, join(files, 'hostile'), { recursive: true });
  const photograph = await makePhotograph(1);
  writeFileSync(join(files, 'hostile', 'cut off.jpg'), photograph.subarray(0, photograph.length / 2));
  writeFileSync(join(files, 'hostile', 'empty.png'), '');
  writeFileSync(join(files, 'hostile', 'not really.png'), '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
  writeFileSync(join(files, 'hostile', 'latin.txt'), Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
  writeFileSync(join(files, 'hostile', 'bomb.docx'), makeZip('word/document.xml', Buffer.alloc(70 * 1024 * 1024)));
  writeFileSync(join(files, 'hostile', 'archive.docx'), makeZip('readme.txt', Buffer.from('x')));
  writeFileSync(join(files, 'hostile', 'film.mp3'), Buffer.from('\0\0\0\x18ftypisom\0\0\0\0isomiso2', 'latin1'));
  writeFileSync(join(files, 'hostile', 'silence.wav'), makeWav(0));
  writeFileSync(
    join(files, 'hostile', 'good one.png'),
    await sharp(await makePhotograph(2))
      .png()
      .toBuffer(),
  );
});
afterAll(async () => {
  await studio[Symbol.asyncDispose]();
  rmSync(files, { recursive: true, force: true });
});

const library = () => studio.studio.context.library;
const assets = (filter = {}) =>
  library()
    .assets.ids({ ...everything, ...filter }, 'oldest')
    .map((id) => library().assets.get(id) as ImportedAsset);
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

const names = (filter: object) => assets(filter).map(({ headline }) => headline);
/** Whether it is time or memory depends on how fast the machine is. */
const said = (text: string) => text.replace(/(bomb\.pdf: reading it takes) .*/, '$1 too much');

async function bringIn(...paths: string[]) {
  const { context } = studio.studio;
  const begun = await importPaths(context, { paths, briefId: null }, asked);
  const run = begun.run && (await followRun(context, begun.run.id, { signal: never, onAbort: 'goesOn' }));
  return { ...begun, run: run as Run };
}

describe("files of one's own", () => {
  it('come in from a folder by name, size and kind; what stays out is named with its reason', async () => {
    const { run, leftOut } = await bringIn(join(files, 'shoot'));
    expect(run).toMatchObject({ kind: 'filesImport', state: 'finished', done: 4, failed: 0, askedBy: 'Ada' });
    expect(leftOut).toEqual([
      { name: 'shoot/.cache', reason: 'it is hidden' },
      { name: 'shoot/.DS_Store', reason: 'it is hidden' },
      { name: 'shoot/layers.psd', reason: 'files of this kind are not brought in' },
      { name: 'shoot/link.md', reason: 'it is a link' },
    ]);
    expect(assets().map(({ headline, medium, source }) => [headline, medium, source.mediaType, source.by])).toEqual([
      ['Bottle on oak.jpg', 'picture', 'image/jpeg', 'Ada'],
      ['jingle.wav', 'audio', 'audio/wav', 'Ada'],
      ['notes.md', 'document', 'text/markdown', 'Ada'],
      ['terms.docx', 'document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Ada'],
    ]);
    const [picture, sound, notes, terms] = assets();
    expect(sound).toMatchObject({ durationMs: 1500, thumbnails: null, compliant: null, formatId: null });
    expect(notes?.excerpt).toContain('Quokka');
    expect(terms?.excerpt).toBe('Terms & conditions\nOnly in Zanzibar');
    expect(picture?.source.sha256).toBe(sha256(join(files, 'shoot', 'Bottle on oak.jpg')));
  });

  it('keep a photograph as it came and show one that stands upright and says nothing of place or camera', async () => {
    const [picture] = assets({ media: ['picture'] });
    if (picture === undefined) throw new Error('no picture');
    // 30 x 20 pixels that the camera held sideways.
    expect([picture.width, picture.height]).toEqual([20, 30]);
    const original = await sharp(await library().store.read(picture.source.sha256)).metadata();
    expect(original).toMatchObject({ width: 30, height: 20, orientation: 6 });
    expect(original.exif?.includes('Secret Camera')).toBe(true);
    const shown = Buffer.from(await library().store.read(picture.hash));
    expect(await sharp(shown).metadata()).toMatchObject({ width: 20, height: 30, space: 'srgb' });
    expect((await sharp(shown).metadata()).exif).toBeUndefined();
    expect(shown.includes('Secret Camera')).toBe(false);
    await expect.poll(() => library().assets.get(picture.id).thumbnails, { timeout: 10_000 }).not.toBeNull();
  });

  it('are one asset for the same bytes under any name, and come out of the bin when they are brought in again', async () => {
    const before = assets().length;
    const again = join(files, 'another name.jpg');
    cpSync(join(files, 'shoot', 'Bottle on oak.jpg'), again);
    const { run } = await bringIn(again);
    expect(library().imports.outcomes(run.id)).toEqual({ added: 0, known: 1, restored: 0 });
    expect(assets().length).toBe(before);
    const [picture] = assets({ media: ['picture'] });
    if (picture === undefined) throw new Error('no picture');
    library().assets.bin([picture.id]);
    const { run: second } = await bringIn(again);
    expect(library().imports.outcomes(second.id)).toEqual({ added: 0, known: 0, restored: 1 });
    expect(assets({ media: ['picture'] }).map(({ id }) => id)).toEqual([picture.id]);
  });

  it('are told apart by origin and medium, and found by their names and by the words inside', () => {
    expect(names({ origins: ['made'] })).toEqual([]);
    expect(names({ origins: ['imported'], media: ['audio'] })).toEqual(['jingle.wav']);
    expect(names({ text: 'bottle' })).toEqual(['Bottle on oak.jpg']);
    expect(names({ text: 'zanzib' })).toEqual(['terms.docx']);
    expect(names({ compliance: 'passed' })).toEqual([]);
    expect(names({ compliance: 'failed' })).toEqual([]);
    expect(library().assets.counts(everything)).toMatchObject({ total: 4, judged: 0, compliant: 0 });
    expect(library().search.find('quokka', 5)).toMatchObject([{ kind: 'asset', briefId: null, title: 'notes.md' }]);
  });

  it('are decided on like pictures that were made, but cannot be made again', () => {
    const [picture] = assets({ media: ['picture'] });
    if (picture === undefined) throw new Error('no picture');
    const decide = (decision: Parameters<ReturnType<typeof library>['verdicts']['decide']>[0]['decision']) =>
      library().verdicts.decide({ assetIds: [picture.id], decision, reason: '', reviewer: 'Ada' });
    decide({ axis: 'status', value: 'approved' });
    decide({ axis: 'stars', value: 5 });
    expect(library().assets.get(picture.id)).toMatchObject({ status: 'approved', stars: 5, origin: 'imported' });
    expect(() => decide({ axis: 'status', value: 'redo' })).toThrow(/has no recipe/);
    expect(library().assets.get(picture.id).status).toBe('approved');
    expect(() => library().assets.getMade(picture.id)).toThrow(/has no recipe/);
  });

  it('leave with the bytes with which they came, under their own names, and the manifest says from where', async () => {
    const { context } = studio.studio;
    const [picture, ...others] = assets();
    if (picture === undefined) throw new Error('no picture');
    for (const { id } of others)
      library().verdicts.decide({
        assetIds: [id],
        decision: { axis: 'status', value: 'approved' },
        reason: '',
        reviewer: 'Ada',
      });
    const folder = join(files, 'out');
    const input = {
      name: 'out',
      filter: { ...everything, statuses: ['approved' as const] },
      target: { folder, replace: false },
    };
    const run = await followRun(context, exportDelivery(context, input, 'Ada').id, {
      signal: never,
      onAbort: 'goesOn',
    });
    expect(run.firstFailure).toBeNull();
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')));
    expect(manifest.files.map(({ file, origin }) => [file, origin])).toEqual([
      ['Bottle on oak.jpg', 'imported'],
      ['jingle.wav', 'imported'],
      ['notes.md', 'imported'],
      ['terms.docx', 'imported'],
    ]);
    for (const { file, sha256: hash } of manifest.files) expect(sha256(join(folder, file))).toBe(hash);
    expect(manifest.files[0]).toMatchObject({ source: picture.source, status: 'approved', stars: 5 });
    expect(readFileSync(join(folder, 'contact-sheet.html'), 'utf8')).toContain('Brought in by Ada');
  });

  it('that are broken, hostile, empty or of another kind are refused by name, and the rest comes in', async () => {
    const before = assets().length;
    const { run, leftOut } = await bringIn(join(files, 'hostile'));
    const { failed } = library().runs.troubles(run.id);
    expect(failed.every(({ error }) => error.code === 'library.unsupportedFile')).toBe(true);
    expect(failed.map(({ error }) => said(error.message)).toSorted()).toMatchInlineSnapshot(`
      [
        "archive.docx: it is an archive and no Word document; unpack it and bring in its files.",
        "bomb.docx: it is a damaged archive or document.",
        "cut off.jpg: it is no whole picture that can be read (PNG, JPEG, WebP, AVIF or TIFF of at most 100 million pixels).",
        "film.mp3: it is no whole sound that can be read (WAV, MP3, M4A, OGG or FLAC).",
        "guide-cycle.pdf: the PDF is damaged and cannot be read.",
        "guide-flate-bomb.pdf: reading it takes too much",
        "guide-late-failure.pdf: the PDF is damaged and cannot be read.",
        "latin.txt: byte 0xfc is not UTF-8; the file looks as if it is encoded as Latin-1 or Windows-1252; expected a text file saved as UTF-8.",
        "not really.png: it is neither a picture nor a sound nor a document that can be brought in.",
        "silence.wav: it is no whole sound that can be read (WAV, MP3, M4A, OGG or FLAC).",
      ]
    `);
    expect(leftOut).toMatchInlineSnapshot(`
      [
        {
          "name": "hostile/empty.png",
          "reason": "it is empty",
        },
        {
          "name": "hostile/font-hang.woff",
          "reason": "files of this kind are not brought in",
        },
        {
          "name": "hostile/logo-mask-depth-40.svg",
          "reason": "files of this kind are not brought in",
        },
      ]
    `);
    expect(
      assets()
        .slice(before)
        .map(({ headline, medium, pages }) => [headline, medium, pages]),
    ).toMatchInlineSnapshot(`
      [
        [
          "good one.png",
          "picture",
          null,
        ],
      ]
    `);
    const { findings } = await library().fsck({ read: 'all' });
    expect(findings).toEqual([]);
  });
});
