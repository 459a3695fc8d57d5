import type { KitFile, ReaderTask } from './reader-task.ts';

/**
 * Each parser is loaded with its first file: a reader that reads a picture has no business with PDF. `onFailure` hears of failures that the output tells only in words.
 */
export async function doTask(
  task: ReaderTask,
  onFile: (file: string) => void,
  onFailure: (error: unknown) => void,
): Promise<unknown> {
  switch (task.kind) {
    case 'sources': {
      const { readSources } = await import('./sources/read-sources.ts');
      return readSources(task.files, onFile, onFailure);
    }
    case 'kitFile':
      onFile(task.file.file);
      return openKitFile(task.file);
    case 'picture': {
      onFile(task.name);
      const { checkPicture } = await import('./check-picture.ts');
      return checkPicture(task.bytes, task.name);
    }
  }
}

async function openKitFile({ use, file, field, bytes }: KitFile): Promise<Uint8Array> {
  if (use === 'font') return (await import('./open-font.ts')).openFont(bytes, file, field);
  if (use === 'logo') return (await import('./check-logo.ts')).checkLogo(bytes, file, field);
  return (await import('./check-picture.ts')).checkReference(bytes, file, field);
}
