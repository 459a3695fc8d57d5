/** One token of one theme. `key` is what aliases call it; `name` is what a person reads. */
export type Token = {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly value: unknown;
  /** Null for the usual palette. */
  readonly theme: string | null;
};
