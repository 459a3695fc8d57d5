import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  readonly chooseLibrary: () => void;
}

/** The application menu. Actions of the screens live in the page's own palette and key sheet; here stands what belongs to the window. */
export function createMenu(actions: MenuActions, platform: NodeJS.Platform): Menu {
  const file: MenuItemConstructorOptions[] = [
    { label: 'Open library…', accelerator: 'CommandOrControl+Shift+O', click: () => actions.chooseLibrary() },
    { type: 'separator' },
    platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
  ];
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: 'File', submenu: file },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ];
  return Menu.buildFromTemplate(template);
}
