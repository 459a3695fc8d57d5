/** What an installation brings is decided by the repository: the lock is whole, every file in it has a hash, and every package that wants to run a script was looked at. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../project.ts';

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/** Builds for other systems that the registry did not show when the lock was written: held by their exact version alone until npm fills in a hash. */
const withoutHash = new Set(
  [
    'linux-riscv64',
    'mac-arm64-metal',
    'mac-x64',
    'win-arm64',
    'win-x64',
    'win-x64-cuda',
    'win-x64-cuda-ext',
    'win-x64-vulkan',
  ].map((name) => `node_modules/@node-llama-cpp/${name}`),
);

function readJson(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(root, ...path), 'utf8'));
}

const manifest = readJson('package.json') as Manifest;
const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, LockedPackage>> };
const problems: string[] = [];

for (const group of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
  for (const [name, version] of Object.entries(manifest[group]))
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) problems.push(`${name}: "${version}" is not one exact version`);

for (const [place, locked] of Object.entries(packages)) {
  if (place === '') continue;
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  if (!locked.integrity && !locked.inBundle && !withoutHash.has(place)) problems.push(`${place}: no hash in the lock`);
  if (locked.hasInstallScript && !(name in manifest.allowScripts))
    problems.push(`${name}: runs a script when it is installed; allow or refuse it under "allowScripts"`);
  for (const wanted of Object.keys(locked.optionalDependencies ?? {}))
    if (!isLocked(place, wanted)) problems.push(`${place}: ${wanted} is missing from the lock, so "npm ci" refuses it`);
}
for (const name of Object.keys(manifest.allowScripts))
  if (!Object.keys(packages).some((place) => place.endsWith(`node_modules/${name}`)))
    problems.push(`${name}: stands under "allowScripts" and is not used`);

/** As Node resolves: beside the package or in any folder above it. */
function isLocked(place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === '') return false;
  }
}

for (const problem of problems) console.log(problem);
if (problems.length > 0) process.exit(1);
