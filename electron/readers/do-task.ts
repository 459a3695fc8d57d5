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
      const { openPicture } = await import('./open-picture.ts');
      return openPicture(task.bytes, task.name, task.use);
    }
    case 'media': {
      onFile(task.name);
      const { openMedia } = await import('./media/open-media.ts');
      return openMedia(task.bytes, task.name);
    }
  }
}

async function openKitFile({ use, file, field, bytes }: KitFile): Promise<Uint8Array> {
  if (use === 'font') return (await import('./open-font.ts')).openFont(bytes, file, field);
  if (use === 'logo') return (await import('./open-logo.ts')).openLogo(bytes, file, field);
  return (await import('./open-picture.ts')).openReference(bytes, file, field);
}
