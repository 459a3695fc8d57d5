import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exitCodes } from '../../../../electron/hosts/commands/exit-codes.ts';
import { joinStudio } from '../../../support/studio/join-studio.ts';
import { openTestServer } from '../../../support/studio/open-test-studio.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'housestyle-people-cli-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', script, '5', 'people', ...args, '--library', join(folder, 'library')],
    { encoding: 'utf8' },
  );
  return { status, stdout, said: stdout + stderr };
}
const result = (...args: string[]) => JSON.parse(run(...args, '--json').stdout);

it(
  'invites by a link that a served studio takes, and changes and takes back what it gave',
  { timeout: 120_000 },
  async () => {
    expect(result('rename', 'owner', 'Mira')).toMatchObject({ person: { id: 'owner', name: 'Mira', role: 'admin' } });
    const made = result('invite', '--role', 'producer', '--at', 'http://127.0.0.1:1/some/page');
    expect(made).toMatchObject({ invite: { role: 'producer' }, links: [`http://127.0.0.1:1/?invite=${made.code}`] });
    const spare = result('invite');
    expect(spare.links.at(-1)).toBe(`http://127.0.0.1:4870/?invite=${spare.code}`);
    const server = await openTestServer({ libraryFolder: join(folder, 'library') });
    const ada = await joinStudio(`http://127.0.0.1:${server.host.port}/?invite=${made.code}`, 'Ada');
    await ada.close();
    await server[Symbol.asyncDispose]();
    expect(result('role', 'ada', 'viewer')).toMatchObject({ person: { name: 'Ada', role: 'viewer' } });
    expect(result('take-back', spare.invite.id)).toEqual({ takenBack: true });
    expect(result('take-back', 'Ada')).toMatchObject({ person: { takenBackAtMs: expect.any(Number) } });
    expect(result('list')).toMatchObject({ people: [{ name: 'Mira' }, { name: 'Ada' }], invites: [] });
    expect(result('rule', 'quorum', '--count', '3')).toEqual({ rule: { kind: 'quorum', count: 3 }, changed: 0 });
    expect(result('rule')).toEqual({ rule: { kind: 'quorum', count: 3 }, changed: 0 });
    const shown = run();
    expect(shown.said).toContain('admin, owner of this machine');
    expect(shown.said).toContain('rights taken back');
  },
);

it('says what is wrong with a role, a name, an address and a person', { timeout: 60_000 }, () => {
  for (const [args, said] of [
    [['role', 'owner', 'editor'], '"editor" is no role. Expected one of viewer, reviewer, producer, admin'],
    [['role', 'owner', 'viewer'], 'The owner of this machine stays an admin'],
    [['rename', 'owner', ' '], 'a name has at least one letter'],
    [['take-back', 'Nobody'], 'There is no Nobody here'],
    [['invite', '--at', 'studio'], 'is no address'],
    [['rule', 'quorum'], 'quorum --count <2 to 20>'],
  ] as const) {
    const { status, said: all } = run(...args);
    expect(all).toContain(said);
    expect(status).not.toBe(exitCodes.ok);
  }
});
