import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { findElectron, hasDisplay } from '../../scripts/electron-binary.ts';
import { root } from '../../scripts/project.ts';

const electron = findElectron({ mayFetch: false });
const missing = electron.kind === 'absent' ? electron.reason : hasDisplay() ? null : 'there is no display';
if (missing) console.log(`the desktop flow is skipped: ${missing}`);

const home = mkdtempSync(join(tmpdir(), 'housestyle-desktop-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the desktop app', () => {
  it.skipIf(missing !== null)('opens the example library in a window and reaches every screen', async () => {
    const built = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), 'all'], { cwd: root, encoding: 'utf8' });
    expect(built.status, built.stderr).toBe(0);
    const app = await _electron.launch({
      ...(electron.kind === 'found' ? { executablePath: electron.file } : {}),
      args: [root, `--user-data-dir=${join(home, 'data')}`],
      env: { ...process.env, XDG_DOCUMENTS_DIR: home, HOME: home },
    });
    try {
      const page = await app.firstWindow();
      await page.getByRole('heading', { name: 'Library' }).waitFor();
      for (const name of ['Ideate', 'Brand', 'Produce', 'Review', 'Models']) {
        await page.getByRole('link', { name }).click();
        await page.getByRole('heading', { name, level: 1 }).waitFor();
      }
      expect(await page.evaluate(() => window.location.origin)).toBe('app://studio');
    } finally {
      await app.close();
    }
  });
});
