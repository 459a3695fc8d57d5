/** What a traced program did that leaves the machine, or leaves something on it outside of its own folders. */
export type Noise = {
  /** Attempts to reach another address than this process's own sockets of the file system: `connect 10.0.0.1:443`. */
  readonly connections: string[];
  /** Questions for names, to a name server or to the system's cache of names. */
  readonly lookups: string[];
  /** Files and folders that were made, opened for writing, renamed or removed elsewhere than in the folders given. */
  readonly filesOutside: string[];
};

/** The calls that `judgeTrace` reads; for `strace -f -e trace=...`. */
export const tracedCalls = [
  'connect',
  'sendto',
  'sendmsg',
  'sendmmsg',
  'open',
  'openat',
  'openat2',
  'creat',
  'mkdir',
  'mkdirat',
  'rename',
  'renameat',
  'renameat2',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'unlink',
  'unlinkat',
  'truncate',
];

const NAME_SERVER_PORT = 53;
/** Devices and the kernel's own files hold nothing afterwards. */
const NO_FILES = /^\/(dev|proc|sys)\//;

/**
 * Reads the log of `strace -f -y` with `tracedCalls`. Reading files is no noise; neither are sockets between the program's own processes, which have no
 * address. Relative names are taken as inside: the program names its files by absolute paths, and its working folder is one of `folders`.
 */
export function judgeTrace(log: string, folders: readonly string[]): Noise {
  const noise: Noise = { connections: [], lookups: [], filesOutside: [] };
  const isInside = (path: string) =>
    !path.startsWith('/') || NO_FILES.test(path) || folders.some((own) => path === own || path.startsWith(`${own}/`));
  for (const line of log.split('\n')) {
    const [, name = '', rest = ''] = /^\d+\s+(\w+)\((.*)$/s.exec(line) ?? [];
    if (name === 'connect' || name.startsWith('send')) judgeSocket(name, rest, noise);
    else if (changesFile(name, rest) && !/= -1 E/.test(rest))
      noise.filesOutside.push(...namesIn(rest).filter((path) => !isInside(path)));
  }
  return { ...noise, filesOutside: [...new Set(noise.filesOutside)] };
}

function judgeSocket(call: string, rest: string, noise: Noise): void {
  const port = Number(/sin6?_port=htons\((\d+)\)/.exec(rest)?.[1] ?? Number.NaN);
  const address = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(rest);
  if (Number.isFinite(port)) {
    const where = `${call} ${address?.[1] ?? address?.[2] ?? '?'}:${port}`;
    (port === NAME_SERVER_PORT ? noise.lookups : noise.connections).push(where);
  } else if (/sun_path="[^"]*(nscd|resolve|avahi)/.test(rest)) {
    noise.lookups.push(`${call} ${/sun_path="([^"]*)"/.exec(rest)?.[1] ?? ''}`);
  }
}

function changesFile(call: string, rest: string): boolean {
  if (call === 'open' || call === 'openat' || call === 'openat2') return /O_WRONLY|O_RDWR|O_CREAT/.test(rest);
  return call !== '';
}

/** The names in a call's arguments; those behind a folder's descriptor are completed by what `-y` says of it. */
function namesIn(rest: string): string[] {
  const found: string[] = [];
  for (const [, folder, name = ''] of rest.matchAll(/(?:<([^>]*)>, )?"((?:[^"\\]|\\.)*)"/g))
    found.push(name.startsWith('/') || folder === undefined ? name : `${folder}/${name}`);
  return found;
}
