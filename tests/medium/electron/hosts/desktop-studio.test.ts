import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const isBeat = (reply: { type: string }) => reply.type === 'alive';

it('the desktop entry serves the page on the port that it is handed, as the owner, and ends when told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-desktop-'));
  try {
    const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'desktop-page.ts');
    const run = spawnSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        script,
        '--library',
        join(folder, 'library'),
        '--node',
        process.execPath,
      ],
      { encoding: 'utf8', timeout: 50_000 },
    );
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    const { replies, ...page } = JSON.parse(run.stdout);
    expect(replies.filter(isBeat).length).toBeGreaterThan(0);
    expect({ ...page, replies: replies.filter((reply: { type: string }) => !isBeat(reply)) }).toMatchObject({
      about: { role: 'admin', readOnly: false, libraryName: 'library' },
      brands: ['Lumen Oat'],
      briefs: 2,
      refused: 'brief.invalid',
      replies: [{ type: 'preview', requestId: 7, bytes: null }],
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
