/** `npm test [-- <vitest arguments>]`: all tests that need no GPU and no weights beyond the starter pack. */
import { spawnSync } from 'node:child_process';
import { demandsAll } from './demands-all.ts';
import { obtainBrowser } from './obtain-browser.ts';
import { root, toolPath } from './project.ts';
import { findCommand, installSystemPackage } from './system-packages.ts';

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

/** Whether the wanted tests may need something: a part of the tests that does not is not held up by fetching it. */
function mayNeed(parts: RegExp): boolean {
  return !own || args.some((argument) => parts.test(argument));
}

/** Finds or gets what tests need from the machine. Returns a sentence for each thing that could not be had. */
async function prepare(): Promise<string[]> {
  const absent: string[] = [];
  if (mayNeed(/app|bench|gallery/)) {
    const browser = await obtainBrowser((text) => console.log(text));
    if (browser.kind === 'absent') absent.push(`Tests in a browser are skipped: ${browser.reason}.`);
  }
  if (mayNeed(/medium|bench|powercut|failing-disk/) && findCommand('strace') === null) {
    const refused = process.platform === 'linux' ? installSystemPackage('strace') : 'it exists on Linux only';
    if (refused !== null) absent.push(`Tests of failing disks and power cuts are skipped: no strace, ${refused}.`);
  }
  return absent;
}

const absent = await prepare();
if (absent.length > 0 && demandsAll()) {
  console.error(['Nothing may be skipped here (CI or HOUSESTYLE_TEST_ALL is set).', ...absent].join('\n'));
  process.exit(1);
}
let status = 0;
const total = { passed: 0, failed: 0, skipped: 0 };
for (const project of own ? [null] : projects) {
  const run = runVitest(project === null ? args : ['--project', project, ...args]);
  status ||= run.status;
  for (const word of ['passed', 'failed', 'skipped'] as const) total[word] += count(run.output, word);
}
for (const sentence of absent) console.log(sentence);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(status);
