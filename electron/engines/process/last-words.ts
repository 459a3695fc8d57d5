const MAX_BYTES = 4096;

/** The end of what a process printed, for the report of its death. Never grows over 4 KiB, however much is printed. */
export class LastWords {
  #held = Buffer.alloc(0);

  add(chunk: Buffer | string): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    const joined = bytes.length >= MAX_BYTES ? bytes : Buffer.concat([this.#held, bytes]);
    // Copied, so that a large chunk is not kept alive by its tail.
    this.#held = Buffer.from(joined.subarray(Math.max(0, joined.length - MAX_BYTES)));
  }

  /** Paths lose their folders, because the text crosses to pages and into reports. */
  read(): string {
    return this.#held
      .toString('utf8')
      .replace(/(?<![\w.@-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@+ -]+)+[\\/]([\w.@+-]+)/g, '$1')
      .trim();
  }
}
