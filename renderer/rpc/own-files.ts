/** What the desktop's preload gives the page to name and show files of this machine. A browser has nothing of the kind. */
export interface OwnFiles {
  /** The system's dialog; null when the user thought better of it. */
  choose(what: 'folder' | 'file'): Promise<string | null>;
  /** Shows a place in the system's file manager; false where that cannot be. */
  show(path: string): Promise<boolean>;
  /** The place of a file or folder that was dropped; empty where it has none. */
  pathOf(file: File): string;
}

/** Null in a browser. */
export function getOwnFiles(): OwnFiles | null {
  return (globalThis as { ownFiles?: OwnFiles }).ownFiles ?? null;
}
