import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { AuditChunk, AuditRange } from '../../contract/event.ts';
import type { Library } from '../../library/library.ts';
import { syncFolder } from '../deliver/files/copy-object.ts';
import { streamAudit } from './stream-audit.ts';

export type AuditFile = {
  readonly file: string;
  /** Takes the place of a file that is there. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
  readonly onChunk: (chunk: AuditChunk) => void;
};

/** Writes the audit trail into a file, which is there whole or not at all. @throws delivery.targetExists */
export async function writeAudit(
  library: Pick<Library, 'events' | 'name'>,
  range: AuditRange,
  { file, replace, signal, onChunk }: AuditFile,
): Promise<{ readonly bytes: number }> {
  if (!replace && existsSync(file))
    throw new StudioError('delivery.targetExists', `${file} is there already. Give --replace to write it anew.`, {
      name: file,
    });
  const temporary = `${file}.unfinished`;
  let bytes = 0;
  try {
    await rm(temporary, { force: true });
    {
      await using handle = await open(temporary, 'wx');
      for await (const chunk of streamAudit(library, range, signal)) {
        signal.throwIfAborted();
        bytes += Buffer.byteLength(chunk.text);
        await handle.appendFile(chunk.text);
        onChunk(chunk);
      }
      await handle.sync();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
  return { bytes };
}
