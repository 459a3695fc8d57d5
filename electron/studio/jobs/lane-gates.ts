import { resources } from '../../contract/job.ts';
import type { Resource } from '../../contract/job.ts';
import { createLaneGate } from './lane-gate.ts';
import type { LaneGate, LaneGateOptions } from './lane-gate.ts';

/** One gate for each resource: a text engine that is down holds no picture up. */
export type LaneGates = {
  readonly of: Readonly<Record<Resource, LaneGate>>;
  /** Opens all. */
  open(): void;
  /** Why something stands still, or null. */
  sentence(): string | null;
};

export function createLaneGates(options: LaneGateOptions): LaneGates {
  const of = Object.fromEntries(resources.map((resource) => [resource, createLaneGate(options)])) as Record<
    Resource,
    LaneGate
  >;
  return {
    of,
    open: () => resources.forEach((resource) => of[resource].open()),
    sentence: () => resources.map((resource) => of[resource].sentence()).find((sentence) => sentence !== null) ?? null,
  };
}
