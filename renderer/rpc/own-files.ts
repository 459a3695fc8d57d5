/** What the desktop's preload gives the page to name files of this machine. A browser has nothing of the kind. */
export interface OwnFiles {
  /** The system's dialog; null when the user thought better of it. */
  choose(what: 'folder' | 'file'): Promise<string | null>;
  /** The place of a file or folder that was dropped; empty where it has none. */
  pathOf(file: File): string;
}

/** Null in a browser. */
export function getOwnFiles(): OwnFiles | null {
  return (globalThis as { ownFiles?: OwnFiles }).ownFiles ?? null;
}
