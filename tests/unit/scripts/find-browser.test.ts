import { describe, expect, it } from 'vitest';
import { demandsAll } from '../../../scripts/demands-all.ts';
import { findBrowser } from '../../../scripts/find-browser.ts';

type Machine = Partial<Parameters<typeof findBrowser>[0] & object> & { files?: readonly string[] };

function findOn({ env = {}, platform = 'linux', files = [], fetched = () => null }: Machine) {
  return findBrowser({ env, platform, fetched, exists: (path) => files.includes(path.replaceAll('\\', '/')) });
}

describe('findBrowser', () => {
  it.each([
    ['linux', {}, '/usr/bin/chromium'],
    ['linux', {}, '/opt/google/chrome/chrome'],
    ['linux', {}, '/usr/bin/microsoft-edge'],
    ['linux', { PATH: '/nix/bin' }, '/nix/bin/chromium'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', {}, '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['win32', { ProgramFiles: 'C:/Programs' }, 'C:/Programs/Google/Chrome/Application/chrome.exe'],
    ['win32', { 'ProgramFiles(x86)': 'C:/Old' }, 'C:/Old/Microsoft/Edge/Application/msedge.exe'],
  ] as const)('on %s with %j finds %s', (platform, env, file) => {
    expect(findOn({ platform, env, files: [file] })).toEqual({ kind: 'found', file });
  });

  it('takes the named one before all others, and no other when that does not exist', () => {
    const env = { HOUSESTYLE_CHROMIUM: '/opt/mine' };
    expect(findOn({ env, files: ['/usr/bin/chromium', '/opt/mine'] })).toEqual({ kind: 'found', file: '/opt/mine' });
    expect(findOn({ env, files: ['/usr/bin/chromium'] })).toMatchObject({
      kind: 'absent',
      reason: expect.stringContaining('/opt/mine'),
    });
  });

  it('takes what was fetched when the machine has none, and says what to do when there is nothing', () => {
    expect(findOn({ fetched: () => '/kept/chromium', files: ['/kept/chromium'] })).toMatchObject({ kind: 'found' });
    expect(findOn({})).toMatchObject({ kind: 'absent', reason: expect.stringContaining('HOUSESTYLE_CHROMIUM') });
  });
});

describe('demandsAll', () => {
  it.each([
    [{}, false],
    [{ CI: 'false' }, false],
    [{ CI: 'true' }, true],
    [{ HOUSESTYLE_TEST_ALL: '1' }, true],
  ])('of %j is %s', (env, wanted) => {
    expect(demandsAll(env)).toBe(wanted);
  });
});
