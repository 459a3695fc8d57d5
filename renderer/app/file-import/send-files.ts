import { objectHashSchema } from '../../../electron/contract/identifiers.ts';
import type { BriefId, ObjectHash } from '../../../electron/contract/identifiers.ts';
import { MAX_IMPORT_BYTES, MAX_UPLOADS } from '../../../electron/contract/media.ts';
import { StudioError } from '../../../electron/contract/errors.ts';
import { formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { getOwnFiles } from '../../rpc/own-files.ts';
import { studio } from '../../rpc/studio.ts';

export interface SentFiles {
  /** How many the run brings in. */
  readonly count: number;
  /** Those that it does not, each with its reason. */
  readonly leftOut: readonly string[];
}

/**
 * Begins a run that brings files in. At the studio's own machine in the desktop they are named by their places, elsewhere they are sent, one after the other; `onSent` hears how many
 * have gone.
 */
export async function sendFiles(
  files: readonly File[],
  briefId: BriefId | null,
  onSent: (count: number) => void,
): Promise<SentFiles> {
  const own = getOwnFiles();
  const paths = own === null ? [] : files.map((file) => own.pathOf(file));
  if (own !== null && paths.every((path) => path !== '')) {
    const { run, leftOut } = await studio.media.importPaths({ paths, briefId });
    return { count: run?.total ?? 0, leftOut: leftOut.map(({ name, reason }) => `${name}: ${reason}`) };
  }
  const leftOut = files.flatMap((file) => {
    const reason = findProblem(file);
    return reason === null ? [] : [`${file.name}: ${reason}`];
  });
  const wanted = files.filter((file) => findProblem(file) === null);
  if (wanted.length > MAX_UPLOADS) throw refuse(message('import.tooMany', { count: wanted.length, max: MAX_UPLOADS }));
  const sent: { name: string; hash: ObjectHash }[] = [];
  // One that does not get through holds no other back.
  const failures: StudioError[] = [];
  for (const [index, file] of wanted.entries()) {
    const hash = await upload(file);
    if (hash instanceof StudioError) failures.push(hash);
    else sent.push({ name: file.name, hash });
    onSent(index + 1);
  }
  const [failure] = failures;
  if (sent.length === 0 && failure !== undefined) throw failure;
  if (sent.length > 0) await studio.media.import({ files: sent, briefId });
  return { count: sent.length, leftOut: [...leftOut, ...failures.map(({ message: reason }) => reason)] };
}

function findProblem({ size }: File): string | null {
  if (size === 0) return message('import.emptyFile');
  return size > MAX_IMPORT_BYTES ? message('import.tooLarge', { max: formatBytes(MAX_IMPORT_BYTES) }) : null;
}

async function upload(file: File): Promise<ObjectHash | StudioError> {
  const response = await fetch('/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  const { hash, reason } = (answer ?? {}) as { hash?: unknown; reason?: unknown };
  const known = objectHashSchema.safeParse(hash);
  if (response?.ok === true && known.success) return known.data;
  return refuse(`${file.name}: ${typeof reason === 'string' ? reason : message('import.notSent')}`);
}

function refuse(text: string): StudioError {
  return new StudioError('input.invalid', text, { issues: [{ path: message('import.title'), message: text }] });
}
