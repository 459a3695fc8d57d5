import { BrowserWindow, nativeTheme } from 'electron';
import { APP_ORIGIN } from './protocols.ts';

/** The one factory of windows: a sandboxed page without Node, which gets a single MessagePort from its preload. */
export function createStudioWindow(preloadFile: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Housestyle',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#f5f5f5',
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
