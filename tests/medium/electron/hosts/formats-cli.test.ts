import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../../../electron/hosts/commands/exit-codes.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'housestyle-formats-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '5', ...args, '--library', join(folder, 'library'), '--json'],
    { encoding: 'utf8' },
  );
  return { status, result: stdout.trim() === '' ? null : JSON.parse(stdout), said: stdout + stderr };
}

describe('housestyle formats', () => {
  it('adds a size in millimetres, makes pictures in it, and takes it out of the list', { timeout: 120_000 }, () => {
    expect(run('formats', 'add', 'Roll-up', '--size', '40x100mm', '--dpi', '150').result).toMatchObject({
      format: { id: 'roll-up', width: 236, height: 591, group: 'own' },
    });
    const examples = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'lumen-oat');
    const inputs = ['--brief', join(examples, 'brief.md'), '--brand', join(examples, 'brand.json')];
    const wanted = [
      '--formats',
      'roll-up',
      'billboard',
      '--count',
      '2',
      '--concepts',
      '1',
      '--out',
      join(folder, 'out'),
    ];
    const made = run('produce', ...inputs, ...wanted);
    expect(made.said).not.toContain('no channel format');
    expect(run('export', '--what', 'all', '--out', join(folder, 'all')).result).toMatchObject({
      files: expect.any(Number),
    });
    expect(run('formats', 'remove', 'roll-up').result).toEqual({ removed: true });
    const ids = run('formats').result.formats.map(({ id }: { id: string }) => id);
    expect(ids).toContain('half-page');
    expect(ids).not.toContain('roll-up');
    // What was made in it can be delivered all the same.
    expect(run('export', '--what', 'all', '--out', join(folder, 'again')).status).toBe(exitCodes.ok);
  });

  it('says what a size looks like, what can hold type, and which formats there are', { timeout: 60_000 }, () => {
    expect(run('formats', 'add', 'x', '--size', '85x').said).toContain('Expected something like 1400x700');
    expect(run('formats', 'add', 'x', '--size', '4000x100').said).toContain('as long as it is wide');
    expect(run('formats', 'remove', 'nowhere').said).toContain('There is no format nowhere');
  });
});
