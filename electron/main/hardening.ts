import { app, session, shell } from 'electron';
import type { WebContents } from 'electron';
import { APP_ORIGIN } from './protocols.ts';

/** Hosts that a link in the page may open in the user's browser: none yet. Every other address is refused. */
const externalHosts: ReadonlySet<string> = new Set();

export function isOwnPage(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
}

function guard(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    const target = URL.parse(url);
    if (target?.protocol === 'https:' && externalHosts.has(target.host)) void shell.openExternal(target.href);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Electron grants every permission by default; here nothing is granted, and no page goes anywhere. Call once, when the app is ready. */
export function hardenApp(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
  // The page talks to its own schemes alone; a request to any network address never leaves.
  session.defaultSession.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*'] },
    (_details, callback) => callback({ cancel: true }),
  );
  app.on('web-contents-created', (_event, contents) => guard(contents));
}
