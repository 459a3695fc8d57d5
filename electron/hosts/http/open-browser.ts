import { spawn } from 'node:child_process';

/** Shows an address in the user's browser. A machine without one loses nothing: the address is printed as well. */
export function openBrowser(url: string): void {
  const [command, args] = process.platform === 'darwin' ? ['open', [url]] : process.platform === 'win32' ? ['rundll32', ['url.dll,FileProtocolHandler', url]] : ['xdg-open', [url]];
  const child = spawn(String(command), args.flat(), { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}
