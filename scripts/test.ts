/** `npm test [-- <vitest arguments>]`: all tests that need no GPU and no weights beyond the starter pack. */
import { spawnSync } from 'node:child_process';
import { root, toolPath } from './project.ts';

const args = process.argv.slice(2);
const own = args.some((argument) => !argument.startsWith('-'));
/** One after the other: the projects would otherwise fight for the processor and time each other out. */
const projects = ['unit', 'types', 'medium', 'models', 'bench', 'app'];

function runVitest(extra: readonly string[]): { status: number; output: string } {
  const run = spawnSync(process.execPath, [toolPath('vitest'), 'run', ...extra], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  });
  process.stdout.write(run.stdout);
  return { status: run.status ?? 1, output: run.stdout };
}

function count(output: string, word: string): number {
  const line = output.split('\n').findLast((text) => /^\s*Tests\s/.test(text)) ?? '';
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}

let status = 0;
const total = { passed: 0, failed: 0, skipped: 0 };
for (const project of own ? [null] : projects) {
  const run = runVitest(project === null ? args : ['--project', project, ...args]);
  status ||= run.status;
  for (const word of ['passed', 'failed', 'skipped'] as const) total[word] += count(run.output, word);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(status);
