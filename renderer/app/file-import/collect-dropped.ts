const hidden = /^\.|^(thumbs\.db|desktop\.ini|__macosx)$/i;

/** What was dropped, folders with all that is in them but what is hidden. Has to be called while the drop is being told of: afterwards a browser gives nothing out. */
export function collectDropped({ items, files }: DataTransfer): Promise<File[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some((entry) => entry.isDirectory)) return Promise.resolve([...files]);
  return collectEntries(entries);
}

async function collectEntries(entries: readonly FileSystemEntry[]): Promise<File[]> {
  const found: File[] = [];
  for (const entry of entries) {
    if (hidden.test(entry.name)) continue;
    if (isFolder(entry)) found.push(...(await collectEntries(await listFolder(entry))));
    else found.push(await readFile(entry as FileSystemFileEntry));
  }
  return found;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A browser hands out a hundred at a time, until there are none. */
async function listFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const listed: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return listed;
    listed.push(...part);
  }
}

function readFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
