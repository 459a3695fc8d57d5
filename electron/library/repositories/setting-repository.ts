/** Small facts of a library that belong to no aggregate, as JSON by name. */
export type SettingRepository = {
  /** Null when it was never set. */
  get(name: string): unknown;
  set(name: string, value: unknown): void;
};
