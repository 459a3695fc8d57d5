/** `npm run check`: everything that can be judged without running the product. Every step runs, then the result is printed as a table. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, toolPath } from './project.ts';

interface Step {
  readonly name: string;
  readonly command: readonly string[];
}

const node = process.execPath;
const steps: readonly Step[] = [
  { name: 'format', command: [node, toolPath('oxfmt'), '--check'] },
  { name: 'types', command: [node, toolPath('typescript', 'tsc'), '-b'] },
  { name: 'lint', command: [node, toolPath('oxlint'), '--type-aware', '--deny-warnings'] },
  { name: 'dead code', command: [node, toolPath('knip')] },
  { name: 'circles', command: [node, join(root, 'scripts/check/circles.ts')] },
  { name: 'size budgets', command: [node, join(root, 'scripts/check/size.ts')] },
  { name: 'install', command: [node, join(root, 'scripts/check/install.ts')] },
  { name: 'licences', command: [node, join(root, 'scripts/check/licences.ts')] },
  { name: 'own words', command: [node, join(root, 'scripts/check/words.ts')] },
];

const wanted = process.argv.slice(2);
const chosen = wanted.length === 0 ? steps : steps.filter((step) => wanted.includes(step.name));
if (chosen.length === 0) {
  console.error(`There is no such check. The checks are: ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}

const results = chosen.map((step) => {
  const startedMs = performance.now();
  const [file = node, ...args] = step.command;
  const run = spawnSync(file, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const passed = run.status === 0;
  if (!passed) console.log(`\n--- ${step.name}\n${run.stdout}${run.stderr}${run.error ? run.error.message : ''}`);
  return {
    check: step.name,
    passed: passed ? 'yes' : 'NO',
    seconds: ((performance.now() - startedMs) / 1000).toFixed(1),
  };
});
console.table(results);
process.exit(results.every((result) => result.passed === 'yes') ? 0 : 1);
