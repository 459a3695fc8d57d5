import { assetListContract } from './asset-list.ts';
import { assetContract } from './asset.ts';
import { batchContract } from './batch.ts';
import { binContract } from './bin.ts';
import { brandContract } from './brand.ts';
import { briefContract } from './brief.ts';
import { copyContract } from './copy.ts';
import { deliveryContract } from './delivery.ts';
import { formatContract } from './format.ts';
import { eventContract } from './event.ts';
import { ideationContract } from './ideation.ts';
import { mediaContract } from './media.ts';
import { modelContract } from './model.ts';
import { peopleContract } from './people.ts';
import { planContract } from './plan.ts';
import { reviewContract } from './review.ts';
import { runContract } from './run.ts';
import { scoringContract } from './scoring.ts';
import { systemContract } from './system.ts';

/** The one router: what a page may ask of the studio. Nothing but this table stands here. */
export const studioContract = {
  asset: assetContract,
  assetList: assetListContract,
  batch: batchContract,
  bin: binContract,
  brand: brandContract,
  brief: briefContract,
  copy: copyContract,
  delivery: deliveryContract,
  format: formatContract,
  event: eventContract,
  ideation: ideationContract,
  media: mediaContract,
  model: modelContract,
  people: peopleContract,
  plan: planContract,
  review: reviewContract,
  run: runContract,
  scoring: scoringContract,
  system: systemContract,
};
export type StudioContract = typeof studioContract;
