import { readFile, stat } from 'node:fs/promises';

const USUAL_LIMIT = 4 * 1024 * 1024;

/**
 * The text of a file that lies beside somebody's model, or null where there is no such plain file or it is larger than that. A pipe under
 * such a name would never end to be read.
 */
export async function readSmallText(path: string, limitBytes: number = USUAL_LIMIT): Promise<string | null> {
  try {
    const found = await stat(path);
    return found.isFile() && found.size <= limitBytes ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}
