import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Privilege: this file runs with Electron's renderer API. It hands the page one MessagePort, and two ways to name a file of this machine and one to show it:
// the system's own dialog, the place of a file that the user dropped, and the file manager at a place. None reads or opens anything.
ipcRenderer.on('studio-port', (event) => {
  window.postMessage({ type: 'studio-port' }, window.location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('ownFiles', {
  choose: (what: unknown): Promise<string | null> => ipcRenderer.invoke('choose-model', what),
  show: (path: unknown): Promise<boolean> => ipcRenderer.invoke('show-folder', path),
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});
