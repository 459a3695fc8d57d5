/** One step of the schema. Never edited after a release; `follows` makes two branches that add a step collide loudly. */
export type Migration = {
  /** Becomes `user_version`; the file name starts with it. */
  readonly id: number;
  readonly follows: number;
  readonly sql: string;
};
