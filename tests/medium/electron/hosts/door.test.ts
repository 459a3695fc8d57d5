import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseDoorAddress, readDoorFile } from '../../../../electron/hosts/door/door-file.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const example = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'lumen-oat');
const slow = { timeout: 120_000 };
const node = ['--disable-warning=ExperimentalWarning', script];

let folder: string;
let library: string;
let studio: ChildProcess;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-door-'));
  library = join(folder, 'library');
  studio = await serve();
});
afterEach(async () => {
  await end(studio, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function serve(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [...node, '{"imageMs":40}', 'serve', '--port', '0', '--json', '--library', library],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  if (child.stdout === null) throw new Error('no output');
  // The door opens before the address is printed.
  await once(child.stdout, 'data');
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

const common = () => ['--library', library, '--json'];

function run(args: readonly string[], cwd = folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...node, '{}', ...args, ...common()], {
    encoding: 'utf8',
    cwd,
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { status, stderr, result: last === '' ? null : JSON.parse(last) };
}

function produce(...more: readonly string[]): string[] {
  const brief = ['--brief', 'kit/brief.md', '--brand', 'kit/brand.json', '--formats', 'link-card', '--concepts', '1'];
  return ['produce', ...brief, '--out', 'made', ...more];
}

describe('the command line while a studio has the library open', () => {
  it('is carried out in there, with its files beside whoever asks, and tells what it would tell alone', slow, () => {
    cpSync(example, join(folder, 'kit'), { recursive: true });
    const made = run(produce('--count', '2'));
    expect(made).toMatchObject({ status: 0, result: { wanted: 2, out: join(folder, 'made') } });
    expect(readdirSync(join(folder, 'made'))).toContain('manifest.json');
    const again = run(produce('--count', '2'));
    expect(again.status).toBe(2);
    expect(again.result.error).toMatchObject({ code: 'delivery.targetExists' });
    expect(run(['export', '--what', 'all', '--out', 'everything']).result).toMatchObject({ files: made.result.made });
    expect(run(['runs']).result.runs.map(({ kind }: { kind: string }) => kind)).toContain('batch');
    expect(run(['formats', 'add', 'Poster', '--size', '600x900']).status).toBe(0);
    expect(run(['fsck', '--quick']).result).toMatchObject({ ok: true });
    expect(studio.exitCode).toBeNull();
  });

  it('says what cannot be done while it is open', slow, () => {
    expect(run(['runs', '--models', 'here'])).toMatchObject({
      status: 2,
      result: { error: { code: 'input.invalid' } },
    });
    expect(run(['fsck', '--restore', 'newest'])).toMatchObject({ status: 5 });
    expect(run(['serve', '--port', '0'])).toMatchObject({ status: 5, result: { error: { code: 'library.locked' } } });
    expect(studio.exitCode).toBeNull();
  });

  it('stops what is under way by Ctrl-C, in the studio too, and the same command goes on', slow, async () => {
    cpSync(example, join(folder, 'kit'), { recursive: true });
    const child = spawn(process.execPath, [...node, '{}', ...produce('--count', '40'), '--library', library], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part) => {
      if (said.includes('Images')) return;
      said += String(part);
      if (said.includes('Images')) child.kill('SIGINT');
    });
    expect((await once(child, 'exit'))[0]).toBe(130);
    expect(run(['runs', '--open']).result.runs).toMatchObject([{ kind: 'batch', state: 'paused' }]);
    expect(run(produce('--count', '40', '--replace'))).toMatchObject({ status: 0, result: { wanted: 40 } });
  });

  it(
    'ends with a sentence when the studio is killed, and the next command opens the library itself',
    slow,
    async () => {
      cpSync(example, join(folder, 'kit'), { recursive: true });
      const child = spawn(process.execPath, [...node, '{}', ...produce('--count', '40'), '--library', library], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      child.stderr.on('data', (part) => {
        said += String(part);
        if (said.includes('Images')) studio.kill('SIGKILL');
      });
      expect((await once(child, 'exit'))[0]).toBe(5);
      expect(said).toContain('the studio that has the library open ended');
      expect(existsSync(join(library, 'door.json'))).toBe(true);
      expect(run(['runs']).status).toBe(0);
      studio = await serve();
      expect(run(['runs']).status).toBe(0);
    },
  );

  it('lets in who can read the library, and nobody else', slow, async () => {
    expect(statSync(join(library, 'door.json')).mode & 0o777).toBe(0o600);
    const door = readDoorFile(library);
    if (door === null) throw new Error('no door');
    const ask = async (text: string) => {
      const socket = connect(door.address);
      const parts: string[] = [];
      socket.on('data', (bytes) => parts.push(String(bytes)));
      socket.on('error', () => undefined);
      socket.write(text);
      await once(socket, 'close');
      return parts.join('');
    };
    const request = { type: 'run', args: ['runs', '--json'], folder: '/', columns: 0 };
    expect(await ask(`${JSON.stringify({ ...request, secret: 'guessed' })}\n`)).toBe('');
    expect(await ask('GET / HTTP/1.1\r\n\r\n')).toBe('');
    expect(await ask(`${JSON.stringify({ ...request, secret: door.secret })}\n`)).toContain('"exitCode":0');
  });

  it('leaves no door behind', slow, async () => {
    await end(studio, 'SIGTERM');
    expect(existsSync(join(library, 'door.json'))).toBe(false);
    expect(existsSync(chooseDoorAddress(library))).toBe(false);
    writeFileSync(join(library, 'door.json'), '{');
    expect(run(['runs']).status).toBe(0);
  });
});

describe('chooseDoorAddress', () => {
  it('stands beside the library where its path is short enough for a socket', () => {
    expect(chooseDoorAddress('/campaigns/library', 'linux')).toBe('/campaigns/library/door.sock');
    expect(chooseDoorAddress(`/${'deep/'.repeat(30)}`, 'linux')).toMatch(/housestyle-[0-9a-f]{24}\.sock$/);
    expect(chooseDoorAddress('/campaigns/library', 'win32')).toMatch(/^\\\\\.\\pipe\\housestyle-[0-9a-f]{24}$/);
  });

  it('is read by nobody who finds no file', () => {
    expect(readDoorFile('/nowhere')).toBeNull();
    expect(() => readFileSync('/nowhere/door.json')).toThrow('ENOENT');
  });
});
