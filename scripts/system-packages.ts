import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

type PackageManager = { readonly command: string; readonly steps: (name: string) => readonly (readonly string[])[] };

const managers: readonly PackageManager[] = [
  {
    command: 'apt-get',
    steps: (name) => [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', name],
    ],
  },
  { command: 'dnf', steps: (name) => [['install', '-y', '-q', name]] },
  { command: 'apk', steps: (name) => [['add', '--no-cache', '-q', name]] },
  { command: 'zypper', steps: (name) => [['--non-interactive', '--quiet', 'install', name]] },
];
const STEP_TIMEOUT_MS = 300_000;

/** The file of a command of this system, or null. */
export function findCommand(name: string, path = process.env['PATH'] ?? ''): string | null {
  const files = path.split(delimiter).flatMap((folder) => (folder === '' ? [] : [join(folder, name)]));
  return files.find((file) => existsSync(file)) ?? null;
}

/** Installs a package of the system where this process may: as root, with a manager that we know. Returns why it could not, or null. */
export function installSystemPackage(name: string): string | null {
  if (process.getuid?.() !== 0) return `only the system's administrator can install ${name}`;
  const manager = managers.find(({ command }) => findCommand(command) !== null);
  if (manager === undefined) return 'this system has no package manager that we know';
  for (const step of manager.steps(name)) {
    const { status, error } = spawnSync(manager.command, step, {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: STEP_TIMEOUT_MS,
    });
    if (status !== 0) return `${manager.command} could not install ${name}${error ? ` (${error.message})` : ''}`;
  }
  return null;
}
