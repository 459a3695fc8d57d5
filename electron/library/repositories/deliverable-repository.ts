import type { BriefId, DeliverableId } from '../../contract/identifiers.ts';
import type { Deliverable } from '../../contract/ideation.ts';

export type NewDeliverable = Omit<Deliverable, 'id' | 'createdAtMs' | 'chosen'>;

export type DeliverableRepository = {
  /** What is not in the bin, oldest first; an edited one stands where the one it replaces stood. @throws brief.notFound */
  board(briefId: BriefId): Deliverable[];
  /** Also finds binned and replaced ones, because finished work refers to them. @throws deliverable.notFound */
  get(deliverableId: DeliverableId): Deliverable;
  /** An `edit` origin replaces the deliverable it names on the board and takes over whether that was chosen. @throws brief.notFound, deliverable.notFound */
  add(deliverable: NewDeliverable): Deliverable;
  /** All or none. @throws deliverable.notFound */
  choose(deliverableIds: readonly DeliverableId[], chosen: boolean): Deliverable[];
  /** @returns how many were not in the bin before. @throws deliverable.notFound */
  bin(deliverableIds: readonly DeliverableId[]): number;
  /** @throws deliverable.notFound */
  restore(deliverableIds: readonly DeliverableId[]): number;
};
