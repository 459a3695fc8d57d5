import { SingleBar } from 'cli-progress';
import type { StudioError } from '../../contract/errors.ts';
import { isStudioError } from '../../contract/errors.ts';
import { exitCodeFor, exitCodes } from './exit-codes.ts';

export type Terminal = {
  /** One line for people; nothing with `--json`. */
  say(text: string): void;
  /** One line on standard error, with `--json` too: what somebody has to do before it goes on. */
  warn(text: string): void;
  /** A bar that stands until `end`; nothing with `--json`. */
  bar(label: string, total: number): ProgressBar;
  /** Ends every bar that still stands. Its clock would keep a command alive that has failed. */
  endBars(): void;
  table(rows: readonly (readonly [string, string])[]): void;
  /** The result of the command: with `--json` one object on one line of standard output. */
  result(value: object): void;
};

export type ProgressBar = {
  update(done: number, note: string, total?: number): void;
  end(): void;
};

/** Where a command speaks: of this process, or of the one that asked for it. */
export type TerminalStreams = { readonly stdout: NodeJS.WritableStream; readonly stderr: NodeJS.WritableStream };

/** People read standard error and the final table, machines standard output. */
export function createTerminal(isJson: boolean, { stdout, stderr }: TerminalStreams = process): Terminal {
  const say = (text: string) => {
    if (!isJson) stderr.write(`${text}\n`);
  };
  const standing = new Set<SingleBar>();
  return {
    say,
    warn: (text) => void stderr.write(`${standing.size > 0 ? '\n' : ''}${text}\n`),
    endBars() {
      for (const bar of standing) bar.stop();
      standing.clear();
    },
    bar(label, total) {
      if (isJson) return { update: () => {}, end: () => {} };
      const bar = new SingleBar({
        format: `${label.padEnd(9)} {bar} {value}/{total}  {note}`,
        stream: stderr,
        hideCursor: true,
        linewrap: false,
        barCompleteChar: '█',
        barIncompleteChar: '░',
        noTTYOutput: true,
        notTTYSchedule: 10_000,
      });
      bar.start(total, 0, { note: '' });
      standing.add(bar);
      return {
        update(done, note, newTotal) {
          if (newTotal !== undefined) bar.setTotal(newTotal);
          bar.update(done, { note });
        },
        end() {
          bar.stop();
          standing.delete(bar);
        },
      };
    },
    table(rows) {
      if (isJson) return;
      const width = Math.max(...rows.map(([name]) => name.length));
      stdout.write(`\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n\n`);
    },
    result(value) {
      if (isJson) stdout.write(`${JSON.stringify(value)}\n`);
    },
  };
}

function describeRemedy({ data }: StudioError): string {
  return 'remedy' in data && typeof data.remedy === 'string' ? `  ${data.remedy}\n` : '';
}

/** Says what went wrong and what helps, and returns the exit code. A stack is for defects only. */
export function reportFailure(error: unknown, isJson: boolean, { stdout, stderr }: TerminalStreams = process): number {
  if (isStudioError(error)) {
    if (isJson) stdout.write(`${JSON.stringify({ error: error.toRecord() })}\n`);
    else stderr.write(`\nhousestyle: ${error.message}\n${describeRemedy(error)}  (${error.code})\n`);
    return exitCodeFor(error.code);
  }
  if (isJson)
    stdout.write(`${JSON.stringify({ error: { code: 'internal.unexpected', message: String(error), data: {} } })}\n`);
  stderr.write(
    `\nhousestyle: something unexpected went wrong\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return exitCodes.unexpected;
}

export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function formatBytes(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}
