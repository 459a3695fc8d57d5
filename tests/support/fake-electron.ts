import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/**
 * Stands in for the `electron` module where no Electron binary exists. It records what the shell asks for. The parts are checked against
 * Electron's own type definitions by `satisfies`, so a call that Electron would not know does not compile in the shell, nor here.
 */
export interface FakeState {
  readonly calls: { name: string; args: readonly unknown[] }[];
  readonly handlers: Map<string, (request: Request) => Response | Promise<Response>>;
  readonly invocations: Map<string, (event: unknown, ...args: unknown[]) => unknown>;
  /** What the next open dialog answers. */
  chosenPaths: string[];
  /** What the preload gave the page. */
  readonly exposed: Map<string, unknown>;
  readonly windows: FakeWindow[];
  readonly processes: FakeUtilityProcess[];
  permission: Parameters<Electron.Session['setPermissionRequestHandler']>[0];
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0];
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0];
  beforeRequest:
    | ((
        details: Electron.OnBeforeRequestListenerDetails,
        callback: (response: Electron.CallbackResponse) => void,
      ) => void)
    | null;
  menuTemplate: readonly Electron.MenuItemConstructorOptions[];
  firstInstance: boolean;
  /** Starts what `utilityProcess.fork` asks for; null leaves it a mere record. */
  fork: ((entryFile: string, args: readonly string[]) => FakeUtilityProcess) | null;
}

export const fake: FakeState = {
  calls: [],
  handlers: new Map(),
  invocations: new Map(),
  chosenPaths: [],
  exposed: new Map(),
  windows: [],
  processes: [],
  permission: null,
  permissionCheck: null,
  device: null,
  beforeRequest: null,
  menuTemplate: [],
  firstInstance: true,
  fork: null,
};

function record(name: string, ...args: readonly unknown[]): void {
  fake.calls.push({ name, args });
}

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly posted: { channel: string; ports: readonly unknown[] }[] = [];
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  postMessage(channel: string, _message: unknown, ports: readonly unknown[] = []): void {
    this.posted.push({ channel, ports });
  }
  reload(): void {
    record('reload');
  }
}

export class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  url = '';
  shown = false;
  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    fake.windows.push(this);
  }
  static fromWebContents(contents: unknown): FakeWindow | null {
    return fake.windows.find(({ webContents }) => webContents === contents) ?? null;
  }
  static getAllWindows(): FakeWindow[] {
    return fake.windows;
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    return Promise.resolve();
  }
  show(): void {
    this.shown = true;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    record('restore');
  }
  focus(): void {
    record('focus');
  }
}

export class FakeUtilityProcess extends EventEmitter {
  readonly pid: number = 4242;
  readonly posted: { message: unknown; ports: readonly unknown[] }[] = [];
  readonly entryFile: string;
  readonly args: readonly string[];
  constructor(entryFile: string, args: readonly string[]) {
    super();
    this.entryFile = entryFile;
    this.args = args;
  }
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    this.posted.push({ message, ports });
  }
}

class FakeChannel {
  readonly port1 = { side: 1 };
  readonly port2 = { side: 2 };
}

const appEvents = new EventEmitter();
export const app = Object.assign(appEvents, {
  isPackaged: false,
  getPath: (name: string) => `${process.env['FAKE_ELECTRON_FOLDER'] ?? '.'}/${name}`,
  whenReady: () => Promise.resolve(),
  quit: () => record('quit'),
  requestSingleInstanceLock: () => fake.firstInstance,
}) satisfies Pick<Electron.App, 'isPackaged' | 'getPath' | 'whenReady' | 'quit' | 'requestSingleInstanceLock'>;

export const protocol = {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => record('registerSchemes', schemes),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
    fake.handlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: FakeState['permission']) => {
      fake.permission = handler;
    },
    setPermissionCheckHandler: (handler: FakeState['permissionCheck']) => {
      fake.permissionCheck = handler;
    },
    setDevicePermissionHandler: (handler: FakeState['device']) => {
      fake.device = handler;
    },
    webRequest: {
      onBeforeRequest: (_filter: Electron.WebRequestFilter, listener: FakeState['beforeRequest']) => {
        fake.beforeRequest = listener;
      },
    },
  }),
};

export const utilityProcess = {
  fork: (entryFile: string, args: string[] = []) => {
    const child = fake.fork?.(entryFile, args) ?? new FakeUtilityProcess(entryFile, args);
    fake.processes.push(child);
    return child;
  },
};

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => {
    fake.menuTemplate = template;
    return { items: template };
  },
  setApplicationMenu: (menu: unknown) => record('setApplicationMenu', menu),
};

export const dialog = {
  showErrorBox: (title: string, content: string) => record('showErrorBox', title, content),
  showOpenDialog: (...args: unknown[]) => {
    record('showOpenDialog', ...args);
    const filePaths = fake.chosenPaths;
    fake.chosenPaths = [];
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
};
export const shell = {
  showItemInFolder: (path: string) => record('showItemInFolder', path),
  openExternal: (url: string) => {
    record('openExternal', url);
    return Promise.resolve();
  },
};
export const nativeTheme = { shouldUseDarkColors: true };
export const BrowserWindow = FakeWindow;
export const MessageChannelMain = FakeChannel;
export const ipcMain = {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) => {
    fake.invocations.set(channel, handler);
  },
};
export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoke: (channel: string, ...args: unknown[]) => Promise.resolve({ channel, args }),
});
export const contextBridge = {
  exposeInMainWorld: (name: string, value: unknown) => {
    fake.exposed.set(name, value);
  },
};
export const webUtils = { getPathForFile: (file: File) => `/dropped/${file.name}` };
