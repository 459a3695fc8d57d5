export interface BenchOptions {
  readonly json: boolean;
  /** Run for the shape of the figures, not for their size; the tests use it. */
  readonly small: boolean;
  progress(text: string): void;
}

/** What every file of this folder exports. */
export interface Bench {
  run(options: BenchOptions): Promise<Record<string, unknown>>;
}
