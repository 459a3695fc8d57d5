import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleFolder } from '../../../support/studio/make-plan.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const slow = { timeout: 60_000 };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-brand-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '{}', ...args, '--library', join(folder, 'library'), '--json'],
    { encoding: 'utf8' },
  );
  return { status, result: stdout.trim() === '' ? null : JSON.parse(stdout), stderr };
}

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe('import --from', () => {
  it('makes a brand of swatches, a font and a logo, and shows what later versions changed', slow, () => {
    const swatches = write('oat.gpl', 'GIMP Palette\n246 240 223 Oat cream\n20 33 63 Night ink\n35 82 209 Blue\n');
    const font = join(exampleFolder, 'fonts', 'instrument-sans-500.woff');
    const logo = join(exampleFolder, 'logo-dark.svg');
    const made = run('import', '--from', swatches, font, logo, '--new', 'Oat again');
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(made.result.brandId).toMatch(/^[0-9a-z]{26}$/);
    const more = write('more.css', ':root { --color-accent: #f5775c }');
    const added = run('import', '--from', more, '--into', 'oat again');
    expect(added.result).toMatchObject({
      brandId: made.result.brandId,
      findings: [{ kind: 'colour', hex: '#f5775c' }],
    });
    expect(run('versions', '--brand', 'Oat again').result).toEqual({
      brand: 'Oat again',
      from: 1,
      to: 1,
      changes: [],
    });
  });

  it('takes one palette of a sheet with themes, and says which theme is left out', slow, () => {
    const sheet = write(
      'theme.css',
      ':root{--background:#f6f0df;--ink:#14213f} .dark{--background:#14213f;--glow:#f80}',
    );
    const font = join(exampleFolder, 'fonts', 'instrument-sans-500.woff');
    const made = run('import', '--from', sheet, font, join(exampleFolder, 'logo-dark.svg'), '--new', 'Two themes');
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(made.result).toMatchObject({ leftOutThemes: ['dark'], notes: [] });
    expect(run('import', '--from', sheet).result).toMatchObject({ leftOutThemes: [], brandId: null });
  });

  it('says what is missing, and refuses a file that is too large before it is read', slow, () => {
    const swatches = write('oat.gpl', 'GIMP Palette\n246 240 223 Oat cream\n20 33 63 Night ink\n');
    const lacking = run('import', '--from', swatches, '--new', 'Oat again');
    expect(lacking.status).not.toBe(0);
    expect(lacking.result ?? lacking.stderr).toMatchObject({ error: { code: 'brand.fileMissing' } });
    for (const special of process.platform === 'win32' ? [folder] : [folder, '/dev/zero'])
      expect(run('import', '--from', special, '--new', 'Oat again').result).toMatchObject({
        error: { code: 'brand.sourceRefused', data: { reason: 'this is not a file' } },
      });
    const large = write('guide.pdf', '%PDF-1.7');
    truncateSync(large, 200 * 1024 * 1024);
    const refused = run('import', '--from', large);
    expect(refused.status).not.toBe(0);
    expect(refused.result ?? refused.stderr).toMatchObject({
      error: { code: 'brand.sourceRefused', data: { reason: 'the file has 200 MiB' } },
    });
  });
});
