import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import { manifestSchema } from '../../../../electron/contract/delivery.ts';
import { isStudioError } from '../../../../electron/contract/errors.ts';
import type { StudioError } from '../../../../electron/contract/errors.ts';
import type { CommandCall } from '../../../../electron/hosts/commands/command-context.ts';
import { exitCodeFor } from '../../../../electron/hosts/commands/exit-codes.ts';
import { produce } from '../../../../electron/hosts/commands/produce.ts';
import type { ProduceOptions } from '../../../../electron/hosts/commands/produce.ts';
import { createTerminal } from '../../../../electron/hosts/commands/terminal.ts';
import { makeReport, openTestLibrary } from '../../../support/library-fixtures.ts';
import { briefText, exampleFolder } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');

type Run = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the command line. `onError` sees standard error as it grows. */
function run(
  args: readonly string[],
  {
    imageMs = 5,
    mode,
    onError,
  }: { imageMs?: number; mode?: string; onError?: (text: string, interrupt: () => void) => void } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, JSON.stringify({ imageMs, mode }), ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      onError?.(err, () => child.kill('SIGINT'));
    });
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const pixels = (file: string) => sharp(file).removeAlpha().raw().toBuffer();

let folder: string;
let brief: string;
let brand: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-cli-'));
  brief = join(folder, 'brief.md');
  writeFileSync(brief, briefText);
  cpSync(exampleFolder, join(folder, 'kit'), { recursive: true });
  brand = join(folder, 'kit', 'brand.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const produceArgs = (...more: string[]) => [
  'produce',
  '--brief',
  brief,
  '--brand',
  brand,
  '--library',
  join(folder, 'library'),
  '--out',
  join(folder, 'out'),
  '--formats',
  'link-card',
  '--concepts',
  '2',
  ...more,
];

describe('produce', () => {
  it('makes concepts, images and an export, and says so to people and machines', async () => {
    const { code, out, err } = await run(produceArgs('--count', '4'));
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    for (const word of ['Ideas', 'Images', 'Export']) expect(err).toContain(word);
    expect(out).toMatch(/passed every check +4 of 4 wanted/);
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')));
    expect(manifest.files.length).toBe(4);
    for (const entry of manifest.files) {
      expect(existsSync(join(folder, 'out', entry.file))).toBe(true);
      expect(entry).toMatchObject({ origin: 'made', report: { passed: true }, status: 'unreviewed' });
    }
    expect(readdirSync(join(folder, 'out'))).toEqual(
      expect.arrayContaining(['contact-sheet.png', 'contact-sheet.html']),
    );

    const again = await run(
      produceArgs('--count', '4', '--json').map((arg) => (arg === join(folder, 'out') ? join(folder, 'out2') : arg)),
    );
    expect(again.code).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ made: 4, passed: 4, wanted: 4, concepts: 2, failedJobs: 0 });
  });

  it('makes the pictures from a picture and records which, how strongly and where', async () => {
    const draw = async (name: string, background: string) => {
      const file = join(folder, name);
      await sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .png()
        .toFile(file);
      return file;
    };
    const [picture, mask] = [await draw('picture.png', '#e1b382'), await draw('mask.png', '#ffffff')];
    const from = ['--from', picture, '--mask', mask, '--strength', '0.4'];
    const { code, err } = await run(produceArgs('--count', '2', ...from));
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, 'out', 'manifest.json'), 'utf8')));
    const sources = manifest.files.map((file) => (file.origin === 'made' ? file.recipe.source : undefined));
    const [first] = sources;
    expect(sources).toEqual([first, first]);
    expect(first?.strength).toBe(0.4);
    // What is kept is what a reader made of the files: the same pixels, in bytes of its own.
    const kept = (hash: string) => join(folder, 'library', 'objects', hash.slice(0, 2), hash.slice(2));
    expect(await pixels(kept(first?.hash ?? ''))).toEqual(await pixels(picture));
    expect(await pixels(kept(first?.mask ?? ''))).toEqual(await pixels(mask));
  });

  it('names an engine that dies while it loads, without a stack, and ends with the code for it', async () => {
    const { code, err } = await run(produceArgs('--count', '1'), { mode: 'load-exit' });
    expect(code).toBe(4);
    expect(err).toContain('engine.crashed');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('stays while an engine is down, says so, and ends when it is told to', async () => {
    let isDown = false;
    const { code, err } = await run(produceArgs('--count', '1'), {
      mode: 'exit',
      onError(text, interrupt) {
        if (isDown || !text.includes('engine is down')) return;
        isDown = true;
        // Longer than a process without work would live.
        setTimeout(interrupt, 2000);
      },
    });
    expect({ code, isDown }).toEqual({ code: 130, isDown: true });
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('says what a picture to start from lacks before anything is made', async () => {
    const missing = await run(produceArgs('--count', '1', '--from', join(folder, 'gone.png')));
    expect(missing.err).toContain('gone.png');
    expect(missing.code).toBe(2);
    const alone = await run(produceArgs('--count', '1', '--strength', '0.5'));
    expect(alone.err).toContain('--from');
    expect(alone.code).not.toBe(0);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('stops on Ctrl-C and the same command goes on where it was', async () => {
    let isInterrupted = false;
    const first = await run(produceArgs('--count', '8'), {
      imageMs: 400,
      onError(text, interrupt) {
        if (isInterrupted || !/8 made|[1-7]\/8/.test(text)) return;
        isInterrupted = true;
        interrupt();
      },
    });
    expect(isInterrupted).toBe(true);
    expect(first.code).toBe(130);
    expect(existsSync(join(folder, 'out'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
    const second = await run(produceArgs('--count', '8', '--json'));
    expect({ code: second.code, ...JSON.parse(second.out) }).toMatchObject({
      code: 0,
      made: 8,
      passed: 8,
      failedJobs: 0,
    });
  }, 90_000);

  it('touches no folder that it did not make, not even when told to replace it', async () => {
    mkdirSync(join(folder, 'out'));
    writeFileSync(join(folder, 'out', 'letter.txt'), 'mine');
    const { code, err } = await run(produceArgs('--count', '1', '--replace'));
    expect(code).toBe(2);
    expect(err).toContain('"out"');
    expect(readdirSync(join(folder, 'out'))).toEqual(['letter.txt']);
  });
});

const kit = () => JSON.parse(readFileSync(join(exampleFolder, 'brand.json'), 'utf8')) as { palette: { hex: string }[] };

/** The command without its process, on a library that must not be opened. */
async function fail(options: Partial<ProduceOptions>): Promise<StudioError> {
  const call: CommandCall = {
    terminal: createTerminal(true),
    signal: new AbortController().signal,
    libraryFolder: folder,
    patienceMs: 0,
    askedBy: 'tester',
    open: () => Promise.reject(new Error('the library was opened before the input was checked')),
  };
  const base = { brief, brand, count: 1, concepts: 1, seed: 1, out: join(folder, 'out') };
  const error: unknown = await produce({ ...base, ...options }, call).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isStudioError(error)) throw new Error(`no studio error: ${String(error)}`);
  return error;
}

describe('input that is wrong', () => {
  const cases: readonly (readonly [string, () => void, readonly string[]])[] = [
    ['a brief that is not there', () => rmSync(brief), ['brief.md']],
    ['an empty brief', () => writeFileSync(brief, ''), ['brief.md', 'empty']],
    ['a brief of 100 MB', () => truncateSync(brief, 100 * 1024 * 1024), ['brief.md', 'KiB', '256']],
    [
      'a brief in UTF-16',
      () => writeFileSync(brief, Buffer.from(`\ufeff${briefText}`, 'utf16le')),
      ['brief.md', 'UTF-16'],
    ],
    [
      'a misspelt field',
      () => writeFileSync(brief, briefText.replace('audience:', 'audiance:')),
      ['brief.md:5', 'audiance', 'audience'],
    ],
    ['a kit that is no JSON', () => writeFileSync(brand, '{"name": }'), ['brand.json:1']],
    [
      'a kit with an unknown field',
      () => writeFileSync(brand, JSON.stringify({ ...kit(), pallete: [] }, null, 2)),
      ['brand.json', 'pallete', 'palette'],
    ],
    [
      'an impossible colour',
      () =>
        writeFileSync(
          brand,
          JSON.stringify({
            ...kit(),
            palette: kit().palette.map((colour, index) => (index === 0 ? { ...colour, hex: '#12345z' } : colour)),
          }),
        ),
      ['palette[0].hex', '#'],
    ],
    ['a missing logo', () => rmSync(join(folder, 'kit', 'logo-dark.svg')), ['logo-dark.svg', 'logos[']],
    [
      'a font that is none',
      () => copyFileSync(brief, join(folder, 'kit', 'fonts', 'instrument-sans-500.woff')),
      ['instrument-sans-500.woff', 'type.body.file'],
    ],
  ];

  it.each(cases)('%s is named with what would be right, before anything is made', async (_what, spoil, words) => {
    spoil();
    const error = await fail({});
    expect(exitCodeFor(error.code)).toBe(2);
    for (const word of words) expect(error.message).toContain(word);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('an unknown format is named with those that the library has, before anything is made', async () => {
    const { code, err } = await run(produceArgs('--formats', 'poster'));
    expect(code).toBe(2);
    expect(err).toMatch(/poster.*square-post/);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it.each([
    ['--count', '0'],
    ['--nonsense', 'x'],
  ])('%s %s is refused', async (...args) => {
    const { code, err } = await run(produceArgs(...args));
    expect(code).toBe(2);
    expect(err).toContain(args[0]);
  });

  it('comes as one JSON object for machines', async () => {
    const { code, out } = await run([
      'import',
      '--brief',
      join(folder, 'none.md'),
      '--library',
      join(folder, 'library'),
      '--json',
    ]);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'brief.invalid', data: { file: 'none.md' } } });
  });
});

describe('a library', () => {
  it('that another studio holds is left alone, and its owner is named', async () => {
    await using opened = await openTestStudio();
    const { code, err } = await run(['fsck', '--library', opened.folder]);
    expect(code).toBe(5);
    expect(err).toContain(String(process.pid));
  });

  it('takes imports once and is sound', async () => {
    const args = ['import', '--brand', brand, '--brief', brief, '--library', join(folder, 'library'), '--json'];
    const first: unknown = JSON.parse((await run(args)).out);
    expect(JSON.parse((await run(args)).out)).toEqual(first);
    const { code, out } = await run(['fsck', '--library', join(folder, 'library'), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, findings: [], objects: expect.any(Number) });
  });

  it('exports what passes under a brand version that was named, with its reports, and says which', async () => {
    expect((await run(produceArgs('--count', '2', '--json'))).code).toBe(0);
    const library = openTestLibrary(join(folder, 'library'), { idStart: 1_000_000 });
    const [failing, passing] = library.assets.ids(assetFilterSchema.parse({}), 'oldest');
    if (failing === undefined || passing === undefined) throw new Error('too few pictures');
    const { brandVersionId } = library.assets.getMade(failing);
    const { brandId, kit, files } = library.brands.version(brandVersionId);
    const second = library.brands.addVersion(brandId, { kit, files });
    library.assets.addReport(failing, makeReport(second.id, 90));
    library.assets.addReport(passing, makeReport(second.id, 1));
    library.close();
    const exported = async (out: string, ...more: string[]) => {
      const where = ['--library', join(folder, 'library'), '--out', join(folder, out)];
      const { code, out: answer, err } = await run(['export', '--what', 'passed', ...where, '--json', ...more]);
      if (code !== 0) return { code, err: err + answer };
      const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')));
      const { judgedAgainst } = JSON.parse(answer) as { judgedAgainst: unknown };
      return {
        judgedAgainst,
        reports: manifest.files.map((file) => file.origin === 'made' && file.report.brandVersionId),
      };
    };
    expect(await exported('made')).toEqual({ judgedAgainst: null, reports: [brandVersionId, brandVersionId] });
    expect(await exported('judged', '--judged-against', '2')).toEqual({
      judgedAgainst: `${kit.name} 2`,
      reports: [second.id],
    });
    expect(await exported('none', '--judged-against', '7')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`It has: ${kit.name} 1 to 2`),
    });
  });

  it('without anything to export says so', async () => {
    const { code, err } = await run(['export', '--library', join(folder, 'library'), '--out', join(folder, 'out')]);
    expect(code).toBe(2);
    expect(err).toContain('delivery.empty');
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });
});

it('doctor tries library, disk and engines', async () => {
  const { code, out } = await run(['doctor', '--library', join(folder, 'library'), '--json']);
  expect(code).toBe(0);
  const { findings } = JSON.parse(out) as { findings: { what: string; ok: boolean }[] };
  // What other programs left on this machine is no business of the test.
  expect(findings.map(({ what }) => what).filter((what) => what !== 'left behind')).toEqual([
    'Node',
    'library',
    'disk',
    'image device',
    'text engine',
    'image engine',
    'vision engine',
  ]);
  expect(findings.every(({ ok }) => ok)).toBe(true);
});

it('models lists what is installed', async () => {
  const { code, out } = await run(['models', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    models: [{ name: 'fake-image' }, { name: 'fake-text' }, { name: 'fake-vision' }],
  });
});
