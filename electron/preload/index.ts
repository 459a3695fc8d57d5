import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Privilege: this file runs with Electron's renderer API. It hands the page one MessagePort, and two ways to name a file of this machine:
// the system's own dialog, and the place of a file that the user dropped. Neither reads anything.
ipcRenderer.on('studio-port', (event) => {
  window.postMessage({ type: 'studio-port' }, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('ownFiles', {
  choose: (what: unknown): Promise<string | null> => ipcRenderer.invoke('choose-model', what),
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
