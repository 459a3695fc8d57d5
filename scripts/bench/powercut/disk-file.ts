/** Smallest piece that a disk writes whole. */
export const SECTOR_BYTES = 512;

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly sizeBytes: number };

/** How much of what was not synced reached the disk: the share of its sectors, and whether the new length did although the content did not. */
export type Survival = { readonly share: number; readonly lengthSurvives: boolean; readonly random: () => number };

/** The content of one file: what is safe, and what was done to it since. */
export class DiskFile {
  #safe: Buffer = Buffer.alloc(0);
  #changes: Change[] = [];

  write(offset: number, bytes: Buffer): void {
    this.#changes.push({ kind: 'write', offset, bytes });
  }

  truncate(sizeBytes: number): void {
    this.#changes.push({ kind: 'truncate', sizeBytes });
  }

  sync(): void {
    this.#safe = replay(this.#safe, this.#changes);
    this.#changes = [];
  }

  get isSafe(): boolean {
    return this.#changes.length === 0;
  }

  /** Bytes after a power cut. Sectors survive each by itself, in any order; what lies between survivors reads as zeros. */
  afterCut({ share, lengthSurvives, random }: Survival): Buffer {
    if (this.isSafe) {
      return this.#safe;
    }
    const survivors = this.#changes.flatMap((change) =>
      change.kind === 'truncate'
        ? random() < share
          ? [change]
          : []
        : splitIntoSectors(change).filter(() => random() < share),
    );
    const content = replay(this.#safe, survivors);
    const wholeLength = replay(this.#safe, this.#changes).length;
    return lengthSurvives && content.length < wholeLength
      ? Buffer.concat([content, Buffer.alloc(wholeLength - content.length)])
      : content;
  }
}

function splitIntoSectors({ offset, bytes }: { readonly offset: number; readonly bytes: Buffer }): Change[] {
  const pieces: Change[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = Math.min(bytes.length, (Math.floor((offset + at) / SECTOR_BYTES) + 1) * SECTOR_BYTES - offset);
    pieces.push({ kind: 'write', offset: offset + at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return pieces;
}

function replay(start: Buffer, changes: readonly Change[]): Buffer {
  const longest = changes.reduce(
    (most, change) => Math.max(most, change.kind === 'write' ? change.offset + change.bytes.length : change.sizeBytes),
    start.length,
  );
  const content = Buffer.alloc(longest);
  start.copy(content);
  let length = start.length;
  for (const change of changes) {
    if (change.kind === 'write') {
      change.bytes.copy(content, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    } else {
      content.fill(0, change.sizeBytes);
      length = change.sizeBytes;
    }
  }
  return content.subarray(0, length);
}
