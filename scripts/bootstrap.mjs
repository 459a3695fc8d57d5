// Runs a script of this project on the Node that the project carries, and installs what is missing first.
// It has no dependencies and runs on Node 20.19 and newer: it must work in a fresh clone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
const carriedNode = join(root, 'node_modules', 'node', 'bin', nodeName);
const stampFile = join(root, 'node_modules', '.housestyle-install');
const lockFile = join(root, '.cache', 'install.lock');

function fail(message) {
  console.error(`housestyle: ${message}`);
  process.exit(1);
}

function checkOwnVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Node ${process.versions.node} is too old. Install Node 20.19 or newer, then run the command again.`);
}

function lockFileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex');
}

function isInstalled() {
  return existsSync(carriedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockFileHash();
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// Two commands started at once in a fresh clone must not install on top of each other. The lock is a file that holds its owner's pid.
function takeInstallLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let announced = false; ;) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(lockFile, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(readFileSync(lockFile, { encoding: 'utf8', flag: 'a+' }));
    if (owner > 0 && !isAlive(owner)) rmSync(lockFile, { force: true });
    else if (!announced) console.error(`housestyle: another command (process ${owner}) is installing; waiting for it`);
    announced = true;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
}

function readManifest() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function runNpm(args) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, args, {
    cwd: root,
    env: { ...process.env, npm_config_loglevel: 'error' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.error) fail(`npm could not be started (${done.error.message}). Install npm, then run the command again.`);
  if (done.status !== 0)
    fail(
      `npm ${args[0]} did not succeed; its reason stands above. Check the network connection, then run the command again.`,
    );
}

function install() {
  takeInstallLock();
  if (isInstalled()) return rmSync(lockFile, { force: true });
  console.error('housestyle: installing what this project needs (once, a few minutes)');
  // Exactly what the lock holds, and no package's own scripts but those that package.json allows.
  runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  const allowed = Object.entries(readManifest().allowScripts).flatMap(([name, mayRun]) => (mayRun ? [name] : []));
  runNpm(['rebuild', '--ignore-scripts=false', ...allowed]);
  if (!existsSync(carriedNode))
    fail(
      'npm installed the packages but not the Node that the project carries. Run "npm rebuild node", then run the command again.',
    );
  writeFileSync(stampFile, lockFileHash());
  rmSync(lockFile, { force: true });
}

checkOwnVersion();
const [script, ...args] = process.argv.slice(2);
if (!script) fail('name the script to run.');
if (!isInstalled()) install();
// Compiled code is kept between runs: it about halves the start of every process.
const env = {
  NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
  ...process.env,
  // ONNX Runtime reports to its makers otherwise; engines get the same from electron/engines/process/child-environment.ts.
  ORT_DISABLE_TELEMETRY: '1',
  PATH: `${dirname(carriedNode)}${delimiter}${process.env.PATH ?? ''}`,
};
const run = spawn(carriedNode, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  stdio: 'inherit',
  env,
});
// A terminal sends Ctrl-C to the child as well; other signals reach this parent alone and are passed on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => run.kill(signal));
run.on('error', (error) =>
  fail(`the carried Node could not be started (${error.message}). Delete node_modules and run the command again.`),
);
run.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
