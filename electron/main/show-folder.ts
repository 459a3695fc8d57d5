import { isAbsolute, normalize } from 'node:path';
import { ipcMain, shell } from 'electron';
import { isOwnPage } from './hardening.ts';

/** Shows a place of this machine in the system's file manager. It opens nothing that is there, and only our own page is answered. */
export function answerShowFolder(): void {
  ipcMain.handle('show-folder', (event, path: unknown): boolean => {
    if (typeof path !== 'string' || !isAbsolute(path) || path.includes('\0')) return false;
    if (!isOwnPage(event.senderFrame?.url ?? '')) return false;
    shell.showItemInFolder(normalize(path));
    return true;
  });
}
