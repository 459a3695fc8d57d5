import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { MAX_BRIEF_BYTES } from '../../contract/brief.ts';
import { StudioError } from '../../contract/errors.ts';

/** The bytes of a brief on disk, looked at before they are read: nobody wants 100 MB in memory to hear that it is too much. @throws brief.invalid */
export function readBriefFile(path: string): Uint8Array {
  const file = basename(path);
  const refuse = (reason: string, expected: string, cause?: unknown): never => {
    throw new StudioError(
      'brief.invalid',
      `${file}: ${reason}. Expected ${expected}.`,
      { file, line: null, field: null, reason, expected },
      { cause },
    );
  };
  let sizeBytes = 0;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) refuse('this is not a file', 'a Markdown file with front matter');
    sizeBytes = stats.size;
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    refuse('there is no such file', 'the path of a Markdown file with front matter', cause);
  }
  if (sizeBytes > MAX_BRIEF_BYTES)
    refuse(`the brief has ${(sizeBytes / 1024).toFixed(0)} KiB`, `at most ${MAX_BRIEF_BYTES / 1024} KiB of text`);
  try {
    return readFileSync(path);
  } catch (cause) {
    return refuse('it cannot be read', 'a file that this account may read', cause);
  }
}
