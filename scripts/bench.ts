/**
 * `npm run bench -- <name> [--json] [--small]`: one benchmark of `scripts/bench/`. Progress goes to standard error; the last line of
 * standard output is one JSON object with the figures. A figure that could not be measured is null and stands in `why`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from './bench/bench.ts';
import { root } from './project.ts';

const folder = join(root, 'scripts/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'bench.ts')
  .map((file) => file.slice(0, -3));
const flags = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const name = process.argv.slice(2).find((argument) => !argument.startsWith('--'));

if (!name || !names.includes(name)) {
  console.error(`Name one of the benchmarks: ${names.join(', ')}.`);
  process.exit(2);
}
const module = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Bench;
const figures = await module.run({
  json: flags.has('--json'),
  small: flags.has('--small'),
  progress: (text) => console.error(text),
});
if (!flags.has('--json')) console.table(figures);
console.log(JSON.stringify({ bench: name, ...figures }));
