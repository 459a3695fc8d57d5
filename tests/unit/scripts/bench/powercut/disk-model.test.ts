import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskModel } from '../../../../../scripts/bench/powercut/disk-model.ts';
import type { DiskModelName } from '../../../../../scripts/bench/powercut/disk-model.ts';
import type { TraceEvent } from '../../../../../scripts/bench/powercut/record-trace.ts';

/** What a cut leaves that loses everything it may, by path. */
function leave(model: DiskModelName, events: readonly TraceEvent[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-disk-'));
  try {
    const disk = new DiskModel(model);
    events.forEach((event) => disk.apply(event));
    // The first number chooses to lose everything, the second to lose lengths too.
    const chosen = [0, 0.9];
    disk.writeAfterCut(folder, () => chosen.shift() ?? 0);
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const put: TraceEvent[] = [
  { kind: 'makeFolder', path: 'in' },
  { kind: 'makeFolder', path: 'out' },
  { kind: 'sync', path: '' },
  { kind: 'create', path: 'in/t', truncate: false },
  { kind: 'write', path: 'in/t', offset: 0, bytes: Buffer.from('picture') },
];
const syncFile: TraceEvent = { kind: 'sync', path: 'in/t' };
const rename: TraceEvent = { kind: 'rename', from: 'in/t', to: 'out/p' };
const syncFolder: TraceEvent = { kind: 'sync', path: 'out' };
const syncOther: TraceEvent[] = [
  { kind: 'create', path: 'db', truncate: false },
  { kind: 'sync', path: 'db' },
];

describe('DiskModel', () => {
  it('keeps a file that was synced, renamed and whose folder was synced', () => {
    expect(leave('strict', [...put, syncFile, rename, syncFolder])).toEqual({ 'out/p': 'picture' });
    expect(leave('ordered', [...put, syncFile, rename, syncFolder])).toEqual({ 'out/p': 'picture' });
  });

  it('leaves an empty file where the content was not synced', () => {
    expect(leave('strict', [...put, rename, syncFolder])).toEqual({ 'out/p': '' });
    expect(leave('ordered', [...put, rename, ...syncOther])).toEqual({ 'out/p': '', db: '' });
  });

  it('loses a name whose folder was not synced, unless a journal took it along', () => {
    expect(leave('strict', [...put, syncFile, rename, ...syncOther])).toEqual({});
    expect(leave('ordered', [...put, syncFile, rename, ...syncOther])).toEqual({ 'out/p': 'picture', db: '' });
    expect(leave('ordered', [...put, syncFile, rename])).toEqual({ 'in/t': 'picture' });
  });

  it('keeps a second name whose folder was synced when the first one is removed', () => {
    const link: TraceEvent = { kind: 'link', from: 'in/t', to: 'out/p' };
    const remove: TraceEvent = { kind: 'remove', path: 'in/t' };
    expect(leave('strict', [...put, syncFile, link, syncFolder, remove])).toEqual({ 'out/p': 'picture' });
    expect(leave('strict', [...put, syncFile, link, remove])).toEqual({});
  });
});
