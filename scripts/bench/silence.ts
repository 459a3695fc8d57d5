import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';
import { judgeTrace, tracedCalls } from './silence/judge-trace.ts';
import type { Noise } from './silence/judge-trace.ts';

const IMAGES = 24;
const SMALL_IMAGES = 2;
const SHOWN = 10;

/**
 * Runs an ideation with a whole production, and the import of a model, under strace with all of their processes, and counts what leaves the machine or stays
 * on it outside of the program's own folders. Every figure has to be 0.
 */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-silence-'));
  try {
    const noise: Noise[] = [];
    for (const [name, args] of Object.entries(commandsIn(folder, options.small ? SMALL_IMAGES : IMAGES))) {
      const beganAtMs = performance.now();
      const node = [join(root, 'electron/hosts/cli.ts'), ...args];
      noise.push(await traceProgram(folder, name, node));
      options.progress(`${name}: ${Math.round((performance.now() - beganAtMs) / 1000)} s`);
    }
    const all = (field: keyof Noise) => noise.flatMap((one) => one[field]);
    return {
      commands: noise.length,
      connections: all('connections').length,
      lookups: all('lookups').length,
      filesOutside: all('filesOutside').length,
      examples: [...all('connections'), ...all('lookups'), ...all('filesOutside')].slice(0, SHOWN),
    };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const why = 'there is no strace on this machine';
    return { connections: null, lookups: null, filesOutside: null, why };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandsIn(folder: string, images: number): Record<string, readonly string[]> {
  const example = join(root, 'examples', 'lumen-oat');
  const library = ['--library', join(folder, 'library'), '--json'];
  const brief = ['--brief', join(example, 'brief.md'), '--brand', join(example, 'brand.json')];
  return {
    produce: ['produce', ...brief, '--count', String(images), '--out', join(folder, 'exports', 'out'), ...library],
    import: ['models', 'import', join(root, 'tests', 'support', 'fixtures', 'tiny-pipeline'), '--json'],
  };
}

/**
 * Traces a script under this Node with home, data and temporary folders of its own inside `folder`. `environment` comes on top of those and of PATH.
 * Throws ENOENT where there is no strace.
 */
export async function traceProgram(
  folder: string,
  name: string,
  script: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Noise> {
  const log = join(folder, `${name}.log`);
  const own = { HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp'), XDG_DATA_HOME: join(folder, 'home', 'data') };
  for (const path of Object.values(own)) mkdirSync(path, { recursive: true });
  const traced = ['-f', '-y', '-s', '400', '-e', `trace=${tracedCalls.join(',')}`, '-o', log];
  const child = spawn('strace', [...traced, process.execPath, '--disable-warning=ExperimentalWarning', ...script], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...own, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += String(text)));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`${name} ended with ${code ?? 'a signal'}: ${complaints.slice(-2000)}`);
  // The home folder is not the program's own: only its data folder in it is.
  return judgeTrace(readFileSync(log, 'utf8'), [
    join(folder, 'library'),
    join(folder, 'exports'),
    own.TMPDIR,
    join(own.XDG_DATA_HOME, 'housestyle'),
  ]);
}
