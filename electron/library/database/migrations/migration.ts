/** One step of the schema. Never edited after a release; `follows` makes two branches that add a step collide loudly. */
export type Migration = {
  /** Becomes `user_version`; the file name starts with it. */
  readonly id: number;
  readonly follows: number;
  readonly sql: string;
  /**
   * The step makes tables anew that others refer to: references are not enforced while it runs, and all of them are checked before it commits.
   * (https://www.sqlite.org/lang_altertable.html, section 7)
   */
  readonly rebuildsTables?: boolean;
};
