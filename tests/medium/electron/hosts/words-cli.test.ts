import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const example = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'lumen-oat');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-words-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '{}', ...args, '--library', join(folder, 'library'), '--json'],
    { encoding: 'utf8', cwd: folder },
  );
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { status, stderr, result: last === '' ? null : JSON.parse(last) };
}

describe('housestyle words', () => {
  it('sends a table out and takes it in, and says what is wrong with one', { timeout: 120_000 }, () => {
    cpSync(example, join(folder, 'kit'), { recursive: true });
    const brief = readFileSync(join(folder, 'kit', 'brief.md'), 'utf8').replace(/^locales: .*$/m, 'locales: [en, de]');
    writeFileSync(join(folder, 'kit', 'brief.md'), brief);
    const kit = ['--brief', 'kit/brief.md', '--brand', 'kit/brand.json', '--formats', 'link-card', '--concepts', '1'];
    const made = run('produce', ...kit, '--count', '2', '--out', 'made');
    expect(made.status).toBe(0);
    expect(run('words').result).toMatchObject({
      concepts: 1,
      stale: 0,
      languages: [{ locale: 'en' }, { locale: 'de', written: 0 }],
    });
    expect(run('words', 'export', '--out', 'words.csv').result).toMatchObject({ rows: 2 });
    expect(run('words', 'export', '--out', 'words.csv').status).toBe(2);
    const table = readFileSync(join(folder, 'words.csv'), 'utf8');
    const filled = table.replace(/(,de,,.*),,,\r/, '$1,Der Morgen,Ein Text,Los\r');
    expect(filled).not.toBe(table);
    writeFileSync(join(folder, 'de.csv'), filled);
    expect(run('words', 'import', 'de.csv').result).toMatchObject({ written: 1, unchanged: 0, empty: 1 });
    expect(run('words').result).toMatchObject({
      languages: [
        { locale: 'en', written: 0 },
        { locale: 'de', written: 1 },
      ],
    });
    writeFileSync(join(folder, 'bad.csv'), filled.replace(',de,,', ',fr,,'));
    const bad = run('words', 'import', 'bad.csv');
    expect(bad).toMatchObject({
      status: 2,
      result: { error: { message: expect.stringContaining('row 3, Language') } },
    });
    expect(run('words', 'list', '--plan', 'nobody').status).toBe(2);
  });
});
