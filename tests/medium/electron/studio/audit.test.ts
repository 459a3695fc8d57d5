import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../../../electron/studio/events/verify-audit.ts';
import { writeAudit } from '../../../../electron/studio/events/write-audit.ts';
import {
  createManualClock,
  createTestFolder,
  makeBriefText,
  openTestLibrary,
} from '../../../support/library-fixtures.ts';

const everything = { fromMs: null, toMs: null };

function openScene(briefs: number) {
  const folder = createTestFolder();
  const clock = createManualClock();
  const library = openTestLibrary(folder.path, { clock });
  for (let index = 0; index < briefs; index += 1) {
    library.briefs.create(makeBriefText(`Brief ${index}`));
    clock.advance(1000);
  }
  const out = createTestFolder();
  const file = join(out.path, 'audit.jsonl');
  const write = (range: { fromMs: number | null; toMs: number | null } = everything, abortAfter = Infinity) => {
    const stop = new AbortController();
    let chunks = 0;
    return writeAudit(library, range, {
      file,
      replace: true,
      signal: stop.signal,
      onChunk: () => {
        if ((chunks += 1) > abortAfter) stop.abort(new Error('stopped'));
      },
    });
  };
  return {
    library,
    file,
    folder: out.path,
    write,
    lines: () => readFileSync(file, 'utf8').trimEnd().split('\n'),
    [Symbol.dispose]: () => {
      library.close();
      folder[Symbol.dispose]();
      out[Symbol.dispose]();
    },
  };
}

describe('an audit file', () => {
  it('holds every event, and its chain holds', async () => {
    using scene = openScene(1203);
    await scene.write();
    const verdict = await verifyAudit(scene.file);
    expect(verdict).toMatchObject({ ok: true, events: 1203, seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const [head, first] = scene.lines().map((line) => JSON.parse(line));
    expect(head).toMatchObject({ format: 'housestyle-audit', library: scene.library.name });
    expect(first).toMatchObject({ sequence: 1, name: 'brief.created', by: 'studio', at: '2023-11-14T22:13:20.000Z' });
    await scene.write();
    expect(await verifyAudit(scene.file)).toEqual(verdict);
  });

  it('holds the events of a time', async () => {
    using scene = openScene(10);
    const begunMs = 1_700_000_000_000;
    await scene.write({ fromMs: begunMs + 2000, toMs: begunMs + 5000 });
    expect(scene.lines().flatMap((line) => JSON.parse(line).sequence ?? [])).toEqual([3, 4, 5]);
    expect(await verifyAudit(scene.file)).toMatchObject({ ok: true, events: 3 });
  });

  const hostile: [string, (lines: string[]) => string[], number][] = [
    ['a name that was changed', (lines) => lines.with(5, String(lines[5]).replace('"studio"', '"nobody"')), 7],
    ['a line that was taken out', (lines) => lines.toSpliced(5, 1), 6],
    ['two lines that changed places', (lines) => lines.with(5, String(lines[6])).with(6, String(lines[5])), 6],
    ['a line that stands twice', (lines) => lines.toSpliced(5, 0, String(lines[5])), 7],
    [
      'a line that was put in',
      (lines) => lines.toSpliced(5, 0, String(lines[5]).replace('brief.created', 'brief.edited')),
      7,
    ],
    ['the last event changed', (lines) => lines.with(20, String(lines[20]).replace('"studio"', '"nobody"')), 22],
    ['the last event taken out', (lines) => lines.toSpliced(20, 1), 21],
    ['the end taken away', (lines) => lines.slice(0, -1), 22],
    ['half of it', (lines) => lines.slice(0, 10), 11],
    [
      'another head',
      (lines) => lines.with(0, String(lines[0]).replace('"from":null', '"from":"2026-01-01T00:00:00.000Z"')),
      2,
    ],
    ['something after the end', (lines) => [...lines, String(lines[3])], 23],
    ['no JSON', (lines) => lines.with(5, 'x'), 6],
    ['nothing', () => [], 1],
  ];
  it.each(hostile)('shows %s', async (_what, change, line) => {
    using scene = openScene(20);
    await scene.write();
    writeFileSync(
      scene.file,
      change(scene.lines())
        .map((text) => `${text}\n`)
        .join(''),
    );
    expect(await verifyAudit(scene.file)).toMatchObject({ ok: false, line });
  });

  it('that is stopped leaves the one before it, and nothing else', async () => {
    using scene = openScene(2000);
    await scene.write();
    const before = readFileSync(scene.file, 'utf8');
    await expect(scene.write(everything, 2)).rejects.toThrow('stopped');
    expect(readdirSync(scene.folder)).toEqual(['audit.jsonl']);
    expect(readFileSync(scene.file, 'utf8')).toBe(before);
  });

  it('takes the place of none unless told to', async () => {
    using scene = openScene(1);
    writeFileSync(scene.file, 'mine');
    const call = { file: scene.file, replace: false, signal: new AbortController().signal, onChunk: () => undefined };
    await expect(writeAudit(scene.library, everything, call)).rejects.toMatchObject({ code: 'delivery.targetExists' });
    expect(readFileSync(scene.file, 'utf8')).toBe('mine');
    await expect(verifyAudit(join(scene.folder, 'none'))).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
