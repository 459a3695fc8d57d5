import { appendFileSync } from 'node:fs';
import pino from 'pino';
import type { FailureLog } from '../studio/rpc/guard.ts';

/**
 * Writes failures with their stacks as JSON lines. Where the file cannot be written (a full disk is a likely moment for failures),
 * they go to standard error: a log must never be what ends the studio.
 */
export function openFailureLog(file: string): FailureLog {
  const log = pino(
    { base: null },
    {
      write(line: string) {
        try {
          appendFileSync(file, line);
        } catch (error) {
          process.stderr.write(`${line}(not in ${file}: ${error instanceof Error ? error.message : String(error)})\n`);
        }
      },
    },
  );
  return ({ logId, procedure, error }) => log.error({ logId, procedure, err: error }, 'failure');
}
