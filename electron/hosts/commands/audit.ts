import { resolve } from 'node:path';
import { verifyAudit } from '../../studio/events/verify-audit.ts';
import { writeAudit } from '../../studio/events/write-audit.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { formatBytes } from './terminal.ts';

export type AuditExportOptions = {
  readonly out: string;
  /** Milliseconds since 1970. */
  readonly from?: number;
  readonly to?: number;
  readonly replace?: boolean;
};

/** Writes what happened in a library, and when, and by whom, into a file that shows when somebody changes it. */
export async function exportAudit(
  { out, from, to, replace }: AuditExportOptions,
  { open, signal, terminal }: CommandCall,
): Promise<number> {
  const { library } = (await open()).studio.context;
  const file = resolve(out);
  const bar = terminal.bar('Audit', 1);
  const { bytes } = await writeAudit(
    library,
    { fromMs: from ?? null, toMs: to ?? null },
    { file, replace: replace === true, signal, onChunk: ({ done, total }) => bar.update(done, '', total) },
  ).finally(() => bar.end());
  const verdict = await verifyAudit(file, signal);
  if (!verdict.ok) throw new Error(`The audit file does not hold: line ${verdict.line}: ${verdict.reason}`);
  terminal.table([
    ['events', String(verdict.events)],
    ['file', `${file}, ${formatBytes(bytes)}`],
    ['seal', verdict.seal],
  ]);
  terminal.result({ out: file, bytes, events: verdict.events, seal: verdict.seal });
  return exitCodes.ok;
}

/** Says whether an audit file is as it was written, and where not. Opens no library. */
export async function checkAudit(file: string, { terminal, signal }: CommandCall): Promise<number> {
  const verdict = await verifyAudit(resolve(file), signal);
  terminal.table(
    verdict.ok
      ? [
          ['chain', 'holds'],
          ['events', String(verdict.events)],
          ['seal', verdict.seal],
        ]
      : [
          ['chain', 'broken'],
          ['line', String(verdict.line)],
          ['why', verdict.reason],
        ],
  );
  terminal.result(verdict);
  return verdict.ok ? exitCodes.ok : exitCodes.incomplete;
}
