import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { fetchedFolder, findBrowser } from './find-browser.ts';
import type { FoundBrowser } from './find-browser.ts';
import { root } from './project.ts';
import { installSystemPackage } from './system-packages.ts';

const FETCH_TIMEOUT_MS = 300_000;

/** A way to get a browser: its executable, or why not. */
type Way = () => Promise<{ readonly file: string } | { readonly refused: string }>;

/**
 * A browser for the tests: one that this machine has; else a headless Chromium from a package of the registry, the system's own package
 * (where this process may install), and Playwright's download, in this order. Nothing is fetched when one is found.
 */
export async function obtainBrowser(progress: (text: string) => void): Promise<FoundBrowser> {
  const found = findBrowser();
  if (found.kind === 'found' || process.env['HOUSESTYLE_CHROMIUM']) return found;
  const refusals: string[] = [];
  const ways: readonly (readonly [string, Way])[] = [
    ['a package with a headless Chromium', fetchPackage],
    ["the system's Chromium", installSystemBrowser],
    ["Playwright's Chromium", downloadWithPlaywright],
  ];
  for (const [name, way] of ways) {
    progress(`no browser was found; trying ${name}`);
    const result = await way();
    if ('file' in result) return { kind: 'found', file: result.file };
    refusals.push(`${name}: ${result.refused}`);
  }
  return { kind: 'absent', reason: `${found.reason} (tried ${refusals.join('; ')})` };
}

/** `scripts/browser` pins the package and its hash in a lock file of its own: most machines have a browser and never need its 70 MB. */
const fetchPackage: Way = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return { refused: 'it is made for Linux on x64' };
  rmSync(fetchedFolder, { recursive: true, force: true });
  mkdirSync(fetchedFolder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(root, 'scripts', 'browser', name), join(fetchedFolder, name));
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: fetchedFolder,
    encoding: 'utf8',
    timeout: FETCH_TIMEOUT_MS,
  });
  if (npm.status !== 0) return { refused: `npm could not install it (${lastLine(npm.stderr)})` };
  const packed = join(fetchedFolder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  await unpack(join(packed, 'chromium.br'), join(fetchedFolder, 'chromium'));
  chmodSync(join(fetchedFolder, 'chromium'), 0o755);
  for (const name of ['al2023', 'fonts']) {
    await unpack(join(packed, `${name}.tar.br`), join(fetchedFolder, `${name}.tar`));
    spawnSync('tar', ['-xf', `${name}.tar`, '--no-same-owner'], { cwd: fetchedFolder });
    rmSync(join(fetchedFolder, `${name}.tar`));
  }
  rmSync(join(fetchedFolder, 'node_modules'), { recursive: true, force: true });
  writeFileSync(
    join(fetchedFolder, 'fonts.conf'),
    `<?xml version="1.0"?><fontconfig><dir>${join(fetchedFolder, 'fonts')}</dir><cachedir>${fetchedFolder}</cachedir></fontconfig>\n`,
  );
  return chooseLibraries();
};

/** The system's own libraries serve best; a machine that lacks some gets those of the package. */
function chooseLibraries(): { readonly file: string } | { readonly refused: string } {
  const file = join(fetchedFolder, 'run-chromium');
  let reason = '';
  for (const libraries of ['', 'export LD_LIBRARY_PATH="$here/lib"\n']) {
    writeFileSync(
      file,
      `#!/bin/sh\nhere=$(dirname "$0")\n${libraries}[ -d /etc/fonts ] || export FONTCONFIG_PATH="$here"\nexec "$here/chromium" "$@"\n`,
      { mode: 0o755 },
    );
    const trial = spawnSync(file, ['--no-sandbox', '--version'], { encoding: 'utf8', timeout: 30_000 });
    if (trial.status === 0) return remember(file);
    reason = lastLine(trial.stderr);
  }
  return { refused: `it does not start here (${reason})` };
}

const installSystemBrowser: Way = async () => {
  const refused = installSystemPackage('chromium');
  if (refused !== null) return { refused };
  const found = findBrowser();
  return found.kind === 'found' ? found : { refused: 'the package brought no browser' };
};

const downloadWithPlaywright: Way = async () => {
  const folder = join(fetchedFolder, 'playwright');
  const cli = join(root, 'node_modules', 'playwright-core', 'cli.js');
  const env = { ...process.env, PLAYWRIGHT_BROWSERS_PATH: folder };
  const run = spawnSync(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    env,
    encoding: 'utf8',
    timeout: FETCH_TIMEOUT_MS,
  });
  if (run.status !== 0) return { refused: `the download failed (${lastLine(run.stderr)})` };
  const asked = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', "console.log((await import('playwright-core')).chromium.executablePath())"],
    { cwd: root, env, encoding: 'utf8' },
  );
  const file = asked.stdout.trim();
  return existsSync(file) ? remember(file) : { refused: 'the download brought no browser' };
};

function remember(file: string): { readonly file: string } {
  writeFileSync(join(fetchedFolder, 'path'), file);
  return { file };
}

async function unpack(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}

function lastLine(text: string | null): string {
  return (text ?? '').trim().split('\n').at(-1)?.slice(0, 200) ?? '';
}
