import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from './project.ts';

/** Where browsers that speak Chromium's protocol usually lie. The first of a row that exists is taken. */
const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/usr/bin/microsoft-edge',
    '/usr/bin/microsoft-edge-stable',
    '/opt/microsoft/msedge/msedge',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    '{PROGRAMFILES}/Chromium/Application/chrome.exe',
    '{LOCALAPPDATA}/Chromium/Application/chrome.exe',
    '{PROGRAMFILES}/Google/Chrome/Application/chrome.exe',
    '{PROGRAMFILES(X86)}/Google/Chrome/Application/chrome.exe',
    '{LOCALAPPDATA}/Google/Chrome/Application/chrome.exe',
    '{PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe',
    '{PROGRAMFILES}/Microsoft/Edge/Application/msedge.exe',
  ],
};

const commandNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/** What the tests fetched for themselves lies here; the file `path` names its executable. */
export const fetchedFolder = join(root, '.cache', 'browser');

export type Surroundings = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly exists: (path: string) => boolean;
  /** The executable that the tests fetched for themselves, or null. */
  readonly fetched: () => string | null;
};

export type FoundBrowser =
  | { readonly kind: 'found'; readonly file: string }
  | { readonly kind: 'absent'; readonly reason: string };

const thisMachine: Surroundings = {
  env: process.env,
  platform: process.platform,
  exists: existsSync,
  fetched() {
    const file = join(fetchedFolder, 'path');
    return existsSync(file) ? readFileSync(file, 'utf8') : null;
  },
};

/** Looks for a browser on this machine: `HOUSESTYLE_CHROMIUM`, the usual places of Chromium, Chrome and Edge, `PATH`, and what the tests fetched before. */
export function findBrowser({ env, platform, exists, fetched }: Surroundings = thisMachine): FoundBrowser {
  const named = env['HOUSESTYLE_CHROMIUM'];
  if (named)
    return exists(named)
      ? { kind: 'found', file: named }
      : { kind: 'absent', reason: `HOUSESTYLE_CHROMIUM names ${named}, which does not exist` };
  const file = [...placesOn(platform, env), ...placesInPath(platform, env), fetched() ?? ''].find(
    (place) => place !== '' && exists(place),
  );
  if (file !== undefined) return { kind: 'found', file };
  return {
    kind: 'absent',
    reason: 'no Chromium, Chrome or Edge was found; install one or name it in HOUSESTYLE_CHROMIUM',
  };
}

/** A place under a folder that this system does not name is no place. */
function placesOn(platform: NodeJS.Platform, env: Surroundings['env']): string[] {
  const upper = new Map(Object.entries(env).map(([name, value]) => [name.toUpperCase(), value]));
  return (usualPlaces[platform] ?? []).flatMap((place) => {
    const variable = /^\{(.+)\}/.exec(place)?.[1];
    if (variable === undefined) return [place];
    const folder = upper.get(variable);
    return folder ? [place.replace(`{${variable}}`, folder)] : [];
  });
}

function placesInPath(platform: NodeJS.Platform, env: Surroundings['env']): string[] {
  if (platform === 'win32') return [];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => commandNames.map((name) => join(folder, name)));
}
