import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, MessageChannelMain } from 'electron';
import { answerModelDialogs } from './choose-model.ts';
import { answerShowFolder } from './show-folder.ts';
import { hardenApp } from './hardening.ts';
import { createMenu } from './menu.ts';
import { handleProtocols, registerSchemes } from './protocols.ts';
import { readSettings, writeSettings } from './settings.ts';
import { StudioProcess } from './studio-process.ts';
import { createStudioWindow } from './studio-window.ts';

// Electron's main process owns lifecycle, windows, menus, dialogs, the two schemes and the port hand-over. It opens no library and loads no model.

const distFolder = join(import.meta.dirname, '..');
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
const nodeFile = app.isPackaged
  ? join(process.resourcesPath, 'node', nodeName)
  : join(distFolder, '..', 'node_modules', 'node', 'bin', nodeName);
const settingsFile = join(app.getPath('userData'), 'settings.json');

let settings = readSettings(settingsFile, { libraryFolder: join(app.getPath('documents'), 'Housestyle library') });
let studio: StudioProcess | null = null;

/** A page gets a fresh port whenever it loads or the studio starts anew; the page's client reconnects on it. */
function handOverPort(window: BrowserWindow): void {
  const { port1, port2 } = new MessageChannelMain();
  studio?.connect(port1);
  window.webContents.postMessage('studio-port', null, [port2]);
}

function startStudio(): void {
  studio = new StudioProcess({
    entryFile: join(distFolder, 'hosts', 'desktop-studio.js'),
    libraryFolder: settings.libraryFolder,
    nodeFile,
    resourcesFolder: app.isPackaged ? process.resourcesPath : null,
    onRestarted: () => BrowserWindow.getAllWindows().forEach(handOverPort),
    onGivenUp: (reason) => {
      dialog.showErrorBox(
        'The studio stopped',
        `${reason} Start Housestyle again; if it happens again, run the fsck command on the library.`,
      );
      app.quit();
    },
    onRefused: (reason) => {
      studio = null;
      dialog.showErrorBox('The library cannot be opened', reason);
      // Without one there is nothing to show; another library may be whole.
      void chooseLibrary().then(() => studio ?? app.quit());
    },
  });
  studio.start();
}

async function chooseLibrary(): Promise<void> {
  const chosen = await dialog.showOpenDialog({
    title: 'Open library',
    properties: ['openDirectory', 'createDirectory'],
  });
  const [folder] = chosen.filePaths;
  if (chosen.canceled || folder === undefined) return;
  if (studio !== null && folder === settings.libraryFolder) return;
  await studio?.stop();
  settings = { libraryFolder: folder };
  writeSettings(settingsFile, settings);
  startStudio();
  for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
}

function openWindow(): void {
  const window = createStudioWindow(join(distFolder, 'preload', 'index.cjs'));
  window.webContents.on('did-finish-load', () => handOverPort(window));
}

if (app.requestSingleInstanceLock()) {
  registerSchemes();
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (!studio) return;
    event.preventDefault();
    const ending = studio;
    studio = null;
    void ending.stop().then(() => app.quit());
  });
  void app.whenReady().then(() => {
    hardenApp();
    answerModelDialogs();
    answerShowFolder();
    handleProtocols({
      pageFolder: join(distFolder, 'renderer'),
      libraryFolder: () => settings.libraryFolder,
      preview: (name) => studio?.preview(name) ?? Promise.resolve(null),
    });
    Menu.setApplicationMenu(createMenu({ chooseLibrary: () => void chooseLibrary() }, process.platform));
    startStudio();
    openWindow();
  });
} else {
  app.quit();
}
