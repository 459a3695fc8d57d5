import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acknowledgementSchema } from './acknowledgement.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import type { VariantName } from './variants.ts';
import type { WorkloadName } from './workload.ts';

/** One thing that the workload did to its folder, in the order in which the kernel finished it. Paths are relative to the folder; '' is the folder itself. */
export type TraceEvent =
  | { readonly kind: 'create'; readonly path: string; readonly truncate: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly sizeBytes: number }
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'makeFolder'; readonly path: string }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'link'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'acknowledge'; readonly acknowledgement: Acknowledgement };

const syscalls = [
  'open',
  'openat',
  'creat',
  'write',
  'pwrite64',
  'writev',
  'pwritev',
  'pwritev2',
  'ftruncate',
  'truncate',
  'fallocate',
  'fsync',
  'fdatasync',
  'sync_file_range',
  'rename',
  'renameat',
  'renameat2',
  'unlink',
  'unlinkat',
  'mkdir',
  'mkdirat',
  'rmdir',
  'link',
  'linkat',
  'symlink',
  'copy_file_range',
  'sendfile',
];

export type TraceOptions = {
  readonly folder: string;
  readonly log: string;
  readonly workload: WorkloadName;
  readonly variant: VariantName;
  readonly size: number;
};

/** Runs the workload under strace and returns what it did. */
export async function recordTrace(options: TraceOptions): Promise<TraceEvent[]> {
  const child = spawn(
    'strace',
    [
      '-f',
      '-y',
      '-xx',
      '-s',
      '16000000',
      '-e',
      `trace=${syscalls.join(',')}`,
      '-o',
      options.log,
      process.execPath,
      join(fileURLToPath(import.meta.url), '..', 'workload.ts'),
      options.folder,
      options.workload,
      options.variant,
      String(options.size),
    ],
    {
      env: { PATH: process.env['PATH'], UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let complaints = '';
  child.stderr.on('data', (text) => {
    complaints += String(text);
  });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) {
    throw new Error(`The workload ended with ${code ?? 'a signal'}: ${complaints.slice(-2000)}`);
  }
  return parseTrace(readFileSync(options.log, 'latin1'), options.folder);
}

/** Exported for its test. */
export function parseTrace(log: string, folder: string): TraceEvent[] {
  const unfinished = new Map<string, string>();
  const positions = new Map<string, number>();
  const events: TraceEvent[] = [];
  for (const line of log.split('\n')) {
    const whole = joinHalves(line, unfinished);
    const call = whole === null ? null : /^(\w+)\((.*)\)\s+= (-?\d+)/s.exec(whole);
    const [, name, args, result] = call ?? [];
    if (name !== undefined && args !== undefined && !result?.startsWith('-')) {
      const event = toEvent(name, splitArguments(args), Number(result), folder, positions, whole ?? '');
      if (event !== null) {
        events.push(event);
      }
    }
  }
  return events;
}

/** A call that another thread interrupted stands on two lines; it counts when it ends. */
function joinHalves(line: string, unfinished: Map<string, string>): string | null {
  const [, thread, rest] = /^(\d+)\s+(.*)$/s.exec(line) ?? [];
  if (thread === undefined || rest === undefined) {
    return null;
  }
  if (rest.endsWith('<unfinished ...>')) {
    unfinished.set(thread, rest.slice(0, -'<unfinished ...>'.length));
    return null;
  }
  const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(rest);
  return resumed === null ? rest : `${unfinished.get(thread) ?? ''}${resumed[1] ?? ''}`;
}

/** Every string is written in hexadecimal, so a comma always parts two arguments. */
function splitArguments(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function decodeHex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}

function toEvent(
  name: string,
  args: readonly string[],
  result: number,
  folder: string,
  positions: Map<string, number>,
  whole: string,
): TraceEvent | null {
  const inside = (path: string) =>
    path === folder ? '' : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
  const quoted = (argument: string | undefined) =>
    inside(decodeHex(/"([^"]*)"/.exec(argument ?? '')?.[1] ?? '').toString());
  const opened = (argument: string | undefined) =>
    inside(decodeHex(/<([^>]*)>/.exec(argument ?? '')?.[1] ?? '').toString());
  const bytesOf = (argument: string | undefined) =>
    decodeHex(/"([^"]*)"/.exec(argument ?? '')?.[1] ?? '').subarray(0, result);
  const pathArgument = name.endsWith('at') || name === 'renameat2' ? 1 : 0;
  switch (name) {
    case 'openat':
    case 'open': {
      const path = quoted(args[pathArgument]);
      const flags = args[pathArgument + 1] ?? '';
      positions.set(String(result), 0);
      return path !== null && flags.includes('O_CREAT')
        ? { kind: 'create', path, truncate: flags.includes('O_TRUNC') }
        : null;
    }
    case 'write': {
      const file = /^\d+/.exec(args[0] ?? '')?.[0] ?? '';
      if (file === '1') {
        return {
          kind: 'acknowledge',
          acknowledgement: acknowledgementSchema.parse(JSON.parse(bytesOf(args[1]).toString())),
        };
      }
      const path = opened(args[0]);
      const offset = positions.get(file) ?? 0;
      positions.set(file, offset + result);
      return path === null ? null : { kind: 'write', path, offset, bytes: bytesOf(args[1]) };
    }
    case 'pwrite64': {
      const path = opened(args[0]);
      return path === null ? null : { kind: 'write', path, offset: Number(args[3]), bytes: bytesOf(args[1]) };
    }
    case 'ftruncate': {
      const path = opened(args[0]);
      return path === null ? null : { kind: 'truncate', path, sizeBytes: Number(args[1]) };
    }
    case 'fsync':
    case 'fdatasync': {
      const path = opened(args[0]);
      return path === null ? null : { kind: 'sync', path };
    }
    case 'mkdir':
    case 'mkdirat': {
      const path = quoted(args[pathArgument]);
      return path === null ? null : { kind: 'makeFolder', path };
    }
    case 'rename':
    case 'renameat':
    case 'renameat2': {
      const from = quoted(args[pathArgument]);
      const to = quoted(args[pathArgument === 0 ? 1 : 3]);
      return from === null || to === null ? null : { kind: 'rename', from, to };
    }
    case 'link': {
      const from = quoted(args[0]);
      const to = quoted(args[1]);
      return from === null || to === null ? null : { kind: 'link', from, to };
    }
    case 'unlink':
    case 'unlinkat': {
      const path = quoted(args[pathArgument]);
      return path === null ? null : { kind: 'remove', path };
    }
    default: {
      // Anything else that touches the folder would make the replay blind, so it is refused rather than passed over.
      if (whole.includes(Buffer.from(`${folder}/`).toString('hex').replaceAll(/../g, '\\x$&'))) {
        throw new Error(`The replay does not know ${name}.`);
      }
      return null;
    }
  }
}
