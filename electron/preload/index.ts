import { ipcRenderer } from 'electron';

// Privilege: this file runs with Electron's renderer API. It hands the page one MessagePort and nothing else.
ipcRenderer.on('studio-port', (event) => {
  window.postMessage({ type: 'studio-port' }, window.location.origin, [...event.ports]);
});
