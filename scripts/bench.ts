/**
 * `npm run bench -- <name> [--json] [--small] [--part <part>]... [--model <file>]`: one benchmark of `scripts/bench/`. Progress goes to standard error; the last line of
 * standard output is one JSON object with the figures. A figure that could not be measured is null and stands in `why`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Bench } from './bench/bench.ts';
import { root } from './project.ts';

const folder = join(root, 'scripts/bench');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'bench.ts')
  .map((file) => file.slice(0, -3));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    part: { type: 'string', multiple: true },
    model: { type: 'string' },
  },
});
const [name] = positionals;

if (!name || !names.includes(name)) {
  console.error(`Name one of the benchmarks: ${names.join(', ')}.`);
  process.exit(2);
}
const module = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as Bench;
const figures = await module.run({
  json: values.json,
  small: values.small,
  ...(values.part && { parts: values.part }),
  ...(values.model !== undefined && { model: values.model }),
  progress: (text) => console.error(text),
});
if (!values.json) console.table(figures);
console.log(JSON.stringify({ bench: name, ...figures }));
