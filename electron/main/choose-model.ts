import { BrowserWindow, dialog, ipcMain } from 'electron';
import type { OpenDialogOptions } from 'electron';
import { isOwnPage } from './hardening.ts';

const dialogs: Readonly<Record<string, OpenDialogOptions>> = {
  folder: { title: 'Add a model folder', properties: ['openDirectory'] },
  file: {
    title: 'Add a checkpoint, a LoRA or a text model',
    properties: ['openFile'],
    filters: [{ name: 'Model weights', extensions: ['safetensors', 'gguf'] }],
  },
};

/** Answers the page's wish for the system's dialog with the path that the user chose, or null. Only our own page is answered. */
export function answerModelDialogs(): void {
  ipcMain.handle('choose-model', async (event, what: unknown): Promise<string | null> => {
    const options = typeof what === 'string' && Object.hasOwn(dialogs, what) ? dialogs[what] : undefined;
    if (options === undefined || !isOwnPage(event.senderFrame?.url ?? '')) return null;
    const window = BrowserWindow.fromWebContents(event.sender);
    const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  });
}
