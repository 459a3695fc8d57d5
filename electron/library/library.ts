import type { ReadOnlyReason } from './folder/read-only-reason.ts';
import type { FsckReport, RepairReport } from './folder/fsck.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { AssetRepository } from './repositories/asset-repository.ts';
import type { BatchRepository } from './repositories/batch-repository.ts';
import type { BinRepository } from './repositories/bin-repository.ts';
import type { BrandDraftRepository } from './repositories/brand-draft-repository.ts';
import type { BrandRepository } from './repositories/brand-repository.ts';
import type { BriefRepository } from './repositories/brief-repository.ts';
import type { CopyRepository } from './repositories/copy-repository.ts';
import type { DeliverableRepository } from './repositories/deliverable-repository.ts';
import type { DeliveryRepository } from './repositories/delivery-repository.ts';
import type { FormatRepository } from './repositories/format-repository.ts';
import type { EventRepository } from './repositories/event-repository.ts';
import type { InviteRepository } from './repositories/invite-repository.ts';
import type { ImportRepository } from './repositories/import-repository.ts';
import type { JobRepository } from './repositories/job-repository.ts';
import type { ObjectRepository } from './repositories/object-repository.ts';
import type { PersonRepository } from './repositories/person-repository.ts';
import type { PictureRepository } from './repositories/picture-repository.ts';
import type { PlanRepository } from './repositories/plan-repository.ts';
import type { RescoreRepository } from './repositories/rescore-repository.ts';
import type { RunRepository } from './repositories/run-repository.ts';
import type { ScoreRepository } from './repositories/score-repository.ts';
import type { SearchRepository } from './repositories/search-repository.ts';
import type { SettingRepository } from './repositories/setting-repository.ts';
import type { ThumbnailRepository } from './repositories/thumbnail-repository.ts';
import type { VerdictRepository } from './repositories/verdict-repository.ts';

/**
 * An open library. Every repository call is synchronous and short; only object bytes, thumbnails and checks are asynchronous.
 * Writing calls throw `library.readOnly` when `readOnly` is set, `library.diskFull` when the volume is full (nothing is changed then), and `library.damaged`
 * when the disk fails; after that last one the library must be closed and opened again.
 */
export type Library = {
  readonly folder: string;
  /** Last part of the folder. */
  readonly name: string;
  /** True when this call of `openLibrary` made the library. */
  readonly created: boolean;
  readonly readOnly: ReadOnlyReason | null;
  /** Bytes on disk, by hash. Put first, then commit the row that names the hash. */
  readonly store: ObjectStore;
  /** What the rows know of objects: media type and size. */
  readonly objects: ObjectRepository;
  readonly briefs: BriefRepository;
  readonly brands: BrandRepository;
  readonly brandDrafts: BrandDraftRepository;
  readonly copies: CopyRepository;
  readonly deliverables: DeliverableRepository;
  readonly formats: FormatRepository;
  readonly people: PersonRepository;
  readonly invites: InviteRepository;
  readonly plans: PlanRepository;
  readonly batches: BatchRepository;
  readonly jobs: JobRepository;
  readonly assets: AssetRepository;
  readonly verdicts: VerdictRepository;
  readonly scores: ScoreRepository;
  readonly pictures: PictureRepository;
  readonly imports: ImportRepository;
  readonly rescores: RescoreRepository;
  readonly runs: RunRepository;
  readonly thumbnails: ThumbnailRepository;
  readonly deliveries: DeliveryRepository;
  readonly events: EventRepository;
  readonly search: SearchRepository;
  readonly bin: BinRepository;
  readonly settings: SettingRepository;
  /** Looks for damage; changes nothing. `read: 'all'` hashes every object, 'none' compares sizes only. */
  fsck(options: { read: 'all' | 'none' }): Promise<FsckReport>;
  /** Moves files that no row names to the bin folder. Nothing else is touched. */
  repair(): Promise<RepairReport>;
  /** Writes a consistent copy of the database (not of the objects) to a new file; the file appears whole or not at all. */
  backUp(file: string): void;
  /** Lets go of the lock. Safe to call twice. */
  close(): void;
  [Symbol.dispose](): void;
};
