/** Budgets for file sizes: they are meant to bite on hubs, not on averages. Prints the distribution per top folder and fails on a file over budget. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.ts';

const fileLimit = 500;
const ninetiethPercentileLimit = 250;
const hubLimit = 120;
const isHub = (file: string) =>
  /^electron\/contract\/index\.ts$|^electron\/hosts\/[^/]+\.ts$|^electron\/main\/index\.ts$|(^|\/)store\.ts$/.test(
    file,
  );

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const lines = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8').split('\n').length - 1]));

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

const groups = Map.groupBy(lines, ([file]) =>
  file.startsWith('electron/') ? file.split('/').slice(0, 2).join('/') : (file.split('/')[0] ?? ''),
);
console.table(
  [...groups].map(([folder, entries]) => {
    const counts = entries.map(([, count]) => count);
    return {
      folder,
      files: counts.length,
      lines: counts.reduce((a, b) => a + b, 0),
      median: percentile(counts, 0.5),
      p90: percentile(counts, 0.9),
      largest: Math.max(...counts),
    };
  }),
);

const problems: string[] = [];
for (const [file, count] of lines) {
  if (count > fileLimit) problems.push(`${file} has ${count} lines; the limit is ${fileLimit}. Split it by noun.`);
  if (isHub(file) && count > hubLimit)
    problems.push(`${file} is a hub with ${count} lines; the limit for hubs is ${hubLimit}.`);
}
const p90 = percentile(
  [...lines].filter(([file]) => !file.startsWith('tests/')).map(([, count]) => count),
  0.9,
);
if (p90 > ninetiethPercentileLimit)
  problems.push(`the ninetieth percentile of file lengths is ${p90}; the limit is ${ninetiethPercentileLimit}`);
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
