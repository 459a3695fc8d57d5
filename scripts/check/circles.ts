/** Files that import each other in a circle, types included: neither of them can be read or moved without the other. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../project.ts';
import { findCircles } from './find-circles.ts';

const specifier = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx', '*.mjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const known = new Set(files);
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const targets = [...text.matchAll(specifier)].map(([, path = '']) => join(dirname(file), path));
    return [file, targets.filter((target) => known.has(target))] as const;
  }),
);
const circles = findCircles(imports);
for (const circle of circles) console.log(`a circle of imports: ${circle.join(' -> ')}`);
process.exit(circles.length === 0 ? 0 : 1);
