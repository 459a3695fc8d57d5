import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRange } from '../../../../electron/main/file-response.ts';
import { readSettings, writeSettings } from '../../../../electron/main/settings.ts';

const defaults = { libraryFolder: 'default' };

describe('settings', () => {
  it('reads back what was written, and falls back to the defaults when there is nothing readable', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'housestyle-settings-')), 'deep', 'settings.json');
    expect(readSettings(file, defaults)).toEqual(defaults);
    writeSettings(file, { libraryFolder: 'chosen' });
    expect(readSettings(file, defaults)).toEqual({ libraryFolder: 'chosen' });
    for (const damaged of ['{"libraryFolder": ', '{"libraryFolder": 7}', '[]', '']) {
      writeFileSync(file, damaged);
      expect(readSettings(file, defaults)).toEqual(defaults);
    }
  });
});

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=2-99', { start: 2, end: 9 }],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=5-2', 'unsatisfiable'],
    ['bytes=-', null],
    ['items=0-1', null],
    [null, null],
  ])('%s of ten bytes', (header, expected) => {
    expect(parseRange(header, 10)).toEqual(expected);
  });
});
