export interface BenchOptions {
  readonly json: boolean;
  /** Run for the shape of the figures, not for their size; the tests use it. */
  readonly small: boolean;
  /** The parts to run, by name; all of them unless given. A benchmark without parts takes no notice. */
  readonly parts?: readonly string[];
  /** A model file to measure in place of the shipped one. A benchmark that loads none takes no notice. */
  readonly model?: string;
  progress(text: string): void;
}

/** What every file of this folder exports. */
export interface Bench {
  run(options: BenchOptions): Promise<Record<string, unknown>>;
}
