/** Every package that ships with the product, and every direct development tool, must carry a licence from the list. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.ts';

const allowed = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'MPL-2.0',
  '0BSD',
  'Unlicense',
  'OFL-1.1',
  'CC0-1.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'WTFPL',
]);
/** Packages whose licence text was read by a person, with what was found. */
const exceptions: Readonly<Record<string, string>> = {
  '@img/sharp-libvips-*': 'LGPL-3.0-or-later, dynamically linked and replaceable',
  node: 'MIT (Node.js)',
};

interface Manifest {
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly { readonly type?: string }[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function readManifest(folder: string): Manifest | null {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null;
}

function licenceOf(manifest: Manifest): string {
  if (typeof manifest.license === 'string') return manifest.license;
  return manifest.license?.type ?? manifest.licenses?.map((entry) => entry.type ?? '').join(' OR ') ?? '';
}

function isAllowed(expression: string): boolean {
  const alternatives = expression.replaceAll(/[()]/g, '').split(/ OR /i);
  return alternatives.some((alternative) => alternative.split(/ AND /i).every((part) => allowed.has(part.trim())));
}

function isException(name: string): boolean {
  return Object.keys(exceptions).some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  );
}

/** Node's own resolution: the nearest node_modules from the folder that asks. */
function resolvePackage(from: string, name: string): string | null {
  for (let folder = from; folder.length >= root.length; folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
  }
  return null;
}

const project = readManifest(root);
const problems: string[] = [];
const seen = new Set<string>();
const queue: { folder: string; name: string; follow: boolean }[] = [];

function enqueue(from: string, names: Readonly<Record<string, string>> | undefined, follow: boolean): void {
  for (const name of Object.keys(names ?? {})) {
    const folder = resolvePackage(from, name);
    if (folder && !seen.has(folder)) {
      seen.add(folder);
      queue.push({ folder, name, follow });
    }
  }
}

enqueue(root, project?.dependencies, true);
enqueue(root, project?.devDependencies, false);
for (let entry = queue.shift(); entry; entry = queue.shift()) {
  const manifest = readManifest(entry.folder);
  if (!manifest) continue;
  const licence = licenceOf(manifest);
  if (!isAllowed(licence) && !isException(entry.name))
    problems.push(`${entry.name}: licence "${licence}" is not in the list`);
  if (!entry.follow) continue;
  enqueue(entry.folder, manifest.dependencies, true);
  enqueue(entry.folder, manifest.optionalDependencies, true);
}
for (const problem of problems) console.error(problem);
console.log(`${seen.size} packages read, ${problems.length} with a licence outside the list`);
process.exit(problems.length === 0 ? 0 : 1);
