/** Marks of unfinished work and places of one machine do not belong into the project. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.ts';

/** Written so that this file does not match itself. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`), 'mark of unfinished work'],
  [new RegExp(`(^|[\\s"'\`(])/(${['home', 'root', 'Users', 'work'].join('|')})/[a-z]`), 'absolute path of one machine'],
  [/\bregistry\.npmjs\.org|\bpypi\.org/, 'registry host'],
];

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)) && statSync(join(root, file)).size < 1_000_000)
  .filter((file) => /\.(ts|tsx|mjs|py|md|json|yml|css|html|sh)$|^\.ci\//.test(file) && file !== 'package-lock.json');

let problems = 0;
for (const file of files) {
  for (const [index, line] of readFileSync(join(root, file), 'utf8').split('\n').entries()) {
    for (const [pattern, what] of forbidden) {
      if (!pattern.test(line)) continue;
      problems += 1;
      console.error(`${file}:${index + 1}: ${what}: ${line.trim().slice(0, 120)}`);
    }
  }
}
console.log(`${files.length} files read, ${problems} lines to mend`);
process.exit(problems === 0 ? 0 : 1);
