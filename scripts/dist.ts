/** `npm run dist`: builds the bundles, then the installers for this platform. Where the Electron binary cannot be fetched it says so. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findElectron } from './electron-binary.ts';
import { root, toolPath } from './project.ts';

function run(name: string, args: readonly string[]): void {
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) {
    console.error(`${name} failed; its reason stands above.`);
    process.exit(done.status ?? 1);
  }
}

const electron = findElectron({ mayFetch: true });
if (electron.kind === 'absent') {
  console.error(`Installers cannot be made here: ${electron.reason}`);
  process.exit(1);
}
run('The build', [join(root, 'scripts/build.ts'), 'all']);
run('electron-builder', [
  toolPath('electron-builder'),
  '--config',
  'electron-builder.yml',
  '--publish',
  'never',
  ...process.argv.slice(2),
]);
