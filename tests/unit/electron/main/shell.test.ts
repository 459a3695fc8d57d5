import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { app, fake, FakeContents, session } from '../../../support/fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'housestyle-shell-'));
process.env['FAKE_ELECTRON_FOLDER'] = folder;
const hash = 'ab'.padEnd(64, '0');
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(92, 7)]);

async function fetchFrom(scheme: string, url: string, headers: Record<string, string> = {}): Promise<Response> {
  const handler = fake.handlers.get(scheme);
  if (!handler) throw new Error(`nothing handles ${scheme}`);
  return handler(new Request(url, { headers }));
}

const show = (path: unknown, url = 'app://studio/index.html') =>
  fake.invocations.get('show-folder')?.({ senderFrame: { url } }, path);

const askForPath = (what: unknown, url = 'app://studio/index.html') =>
  fake.invocations.get('choose-model')?.({ sender: fake.windows[0]?.webContents, senderFrame: { url } }, what);

beforeAll(async () => {
  const objects = join(folder, 'documents', 'Housestyle library', 'objects', 'ab');
  mkdirSync(objects, { recursive: true });
  writeFileSync(join(objects, hash.slice(2)), png);
  await import('../../../../electron/main/index.ts');
  await new Promise((resolve) => setImmediate(resolve));
});

describe('the shell', () => {
  it('opens one sandboxed window on its own page', () => {
    expect(fake.windows).toHaveLength(1);
    const [window] = fake.windows;
    expect(window?.url).toBe('app://studio/index.html');
    expect(window?.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(window?.options.show).toBe(false);
    window?.emit('ready-to-show');
    expect(window?.shown).toBe(true);
  });

  it('starts the studio with a library and the plain Node', () => {
    const [studio] = fake.processes;
    expect(studio?.entryFile).toMatch(/hosts.desktop-studio\.js$/);
    expect(studio?.args).toEqual([
      '--library',
      join(folder, 'documents', 'Housestyle library'),
      '--node',
      expect.stringMatching(/node$/),
    ]);
  });

  it('hands a fresh port to the page and to the studio after every load', () => {
    const contents = fake.windows[0]?.webContents;
    contents?.emit('did-finish-load');
    contents?.emit('did-finish-load');
    expect(contents?.posted.map((post) => [post.channel, post.ports.length])).toEqual([
      ['studio-port', 1],
      ['studio-port', 1],
    ]);
    expect(fake.processes[0]?.posted.map((post) => [post.message, post.ports.length])).toEqual([
      [{ type: 'connect' }, 1],
      [{ type: 'connect' }, 1],
    ]);
  });

  it('registers both schemes as secure and standard', () => {
    const schemes = fake.calls.find((call) => call.name === 'registerSchemes')?.args[0];
    expect(schemes).toMatchObject([
      { scheme: 'app', privileges: { standard: true, secure: true } },
      { scheme: 'asset', privileges: { standard: true, secure: true } },
    ]);
  });

  it('refuses every permission, device and download', () => {
    const answers: boolean[] = [];
    fake.permission?.(new FakeContents() as never, 'media', (granted) => answers.push(granted), {} as never);
    expect(answers).toEqual([false]);
    expect(fake.permissionCheck?.(null, 'geolocation', 'app://studio', {} as never)).toBe(false);
    expect(fake.device?.({} as never)).toBe(false);
    let prevented = 0;
    session.defaultSession.emit('will-download', { preventDefault: () => (prevented += 1) });
    expect(prevented).toBe(1);
  });

  it('cancels every request to a network address', () => {
    let cancelled: boolean | undefined = false;
    fake.beforeRequest?.({ url: 'https://example.com' } as never, (response) => (cancelled = response.cancel));
    expect(cancelled).toBe(true);
  });

  it('keeps the page where it is and opens no other window', () => {
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    expect(contents.openHandler?.({ url: 'https://example.com' })).toEqual({ action: 'deny' });
    expect(fake.calls.some((call) => call.name === 'openExternal')).toBe(false);
    const stopped = ['will-navigate', 'will-redirect', 'will-attach-webview'].map((name) => {
      let prevented = false;
      contents.emit(name, { url: 'https://example.com', preventDefault: () => (prevented = true) });
      return prevented;
    });
    expect(stopped).toEqual([true, true, true]);
    let own = false;
    contents.emit('will-navigate', { url: 'app://studio/index.html', preventDefault: () => (own = true) });
    expect(own).toBe(false);
  });

  it('serves an object by its hash, whole and by range, with immutable caching', async () => {
    const whole = await fetchFrom('asset', `asset://library/${hash}`);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('cache-control')]).toEqual([
      200,
      'image/png',
      'public, max-age=31536000, immutable',
    ]);
    expect(Buffer.from(await whole.arrayBuffer()).equals(png)).toBe(true);
    const part = await fetchFrom('asset', `asset://library/${hash}`, { range: 'bytes=8-9' });
    expect([part.status, part.headers.get('content-range'), (await part.arrayBuffer()).byteLength]).toEqual([
      206,
      `bytes 8-9/${png.length}`,
      2,
    ]);
    expect((await fetchFrom('asset', `asset://library/${hash}`, { range: 'bytes=500-' })).status).toBe(416);
  });

  it.each([
    'asset://library/..%2f..%2fsettings.json',
    'asset://library/ABC',
    `asset://library/${'c'.repeat(64)}`,
    'app://studio/..%2f..%2fpackage.json',
    'app://other/index.html',
  ])('has nothing at %s', async (url) => {
    expect((await fetchFrom(url.slice(0, url.indexOf(':')), url)).status).toBe(404);
  });

  it('asks the studio for a preview and gives its bytes', async () => {
    const answer = fetchFrom('asset', 'asset://preview/job-3.webp');
    const studio = fake.processes[0];
    const asked = studio?.posted.at(-1)?.message as { requestId: number; name: string };
    expect(asked.name).toBe('job-3.webp');
    studio?.emit('message', { type: 'preview', requestId: asked.requestId, bytes: Uint8Array.of(0x89, 1, 2) });
    const response = await answer;
    expect([response.headers.get('content-type'), (await response.arrayBuffer()).byteLength]).toEqual(['image/png', 3]);
  });

  it('gives our own page the path that the user chose in the system dialog, and nobody else', async () => {
    fake.chosenPaths = ['/models/linen'];
    expect(await askForPath('folder', 'https://example.com/')).toBeNull();
    expect(await askForPath('constructor')).toBeNull();
    expect(await askForPath('folder')).toBe('/models/linen');
    const asked = fake.calls.findLast(({ name }) => name === 'showOpenDialog');
    expect(asked?.args[1]).toMatchObject({ properties: ['openDirectory'] });
    // Nothing is chosen: the user closed the dialog.
    expect(await askForPath('file')).toBeNull();
  });

  it('shows a folder to its own page alone, and only one with an absolute path', async () => {
    expect(show('/exports/spring', 'https://example.com/')).toBe(false);
    expect(show('exports/spring')).toBe(false);
    expect(show('/exports/\0spring')).toBe(false);
    expect(show({ toString: () => '/exports' })).toBe(false);
    expect(fake.calls.filter(({ name }) => name === 'showItemInFolder')).toEqual([]);
    expect(show('/exports/other/../spring')).toBe(true);
    expect(fake.calls.filter(({ name }) => name === 'showItemInFolder')).toEqual([
      { name: 'showItemInFolder', args: ['/exports/spring'] },
    ]);
  });

  it('lets the page ask for a dialog and for the place of a dropped file, and hands over nothing else', async () => {
    await import('../../../../electron/preload/index.ts');
    expect([...fake.exposed.keys()]).toEqual(['ownFiles']);
    const own = fake.exposed.get('ownFiles') as {
      choose: (what: string) => Promise<unknown>;
      pathOf: (file: File) => string;
      show: (path: string) => Promise<unknown>;
    };
    expect(Object.keys(own).sort()).toEqual(['choose', 'pathOf', 'show']);
    expect(own.pathOf(new File([], 'grain.safetensors'))).toBe('/dropped/grain.safetensors');
    expect(await own.show('/exports/spring')).toEqual({ channel: 'show-folder', args: ['/exports/spring'] });
    expect(await own.choose('folder')).toEqual({ channel: 'choose-model', args: ['folder'] });
  });

  it('says once why a library cannot be opened, and opens another one that is chosen', async () => {
    const refused = fake.processes.at(-1);
    const other = join(folder, 'another library');
    const started = fake.processes.length;
    fake.chosenPaths = [other];
    refused?.emit('message', { type: 'refused', message: 'library.db is a folder.', remedy: 'Put it back.' });
    refused?.emit('exit', 1);
    await expect.poll(() => fake.processes.length).toBe(started + 1);
    expect(fake.calls.filter((call) => call.name === 'showErrorBox')).toEqual([
      { name: 'showErrorBox', args: ['The library cannot be opened', 'library.db is a folder. Put it back.'] },
    ]);
    expect(fake.processes.at(-1)?.args).toContain(other);
    fake.calls.splice(0);
    fake.processes.splice(0, fake.processes.length - 1);
  });

  it('restarts a studio that crashed, and gives up after three crashes in five minutes', () => {
    fake.processes.at(-1)?.emit('exit', 139);
    expect(fake.processes).toHaveLength(2);
    fake.processes.at(-1)?.emit('exit', 139);
    expect(fake.processes).toHaveLength(3);
    fake.processes.at(-1)?.emit('exit', 139);
    expect(fake.processes).toHaveLength(3);
    const box = fake.calls.find((call) => call.name === 'showErrorBox');
    expect(box?.args[1]).toContain('3 times within five minutes');
  });
});
