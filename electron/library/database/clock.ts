/** Wall time orders what people see; the monotonic clock measures leases and durations, so that a changed system clock steals no job. */
export type Clock = {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** Milliseconds since some fixed moment of this process; never runs backwards. */
  readonly monotonicMs: () => number;
};

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};
