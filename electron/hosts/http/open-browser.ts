import { spawn } from 'node:child_process';

/** Shows an address in the user's browser. A machine without one loses nothing: the address is printed as well. */
export function openBrowser(url: string): void {
  const [command, ...args] = openerOf(url);
  if (command === undefined) return;
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => {});
  child.unref();
}

function openerOf(url: string): string[] {
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}
