import type { BrandKit } from '../../contract/brand.ts';
import type { ComplianceReport } from '../../contract/compliance.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { ComposedTemplate } from '../compose/compose-picture.ts';
import { createWorkerThread, findWorkerScript } from '../threads/worker-thread.ts';
import type { WorkerThread } from '../threads/worker-thread.ts';

type KitWithFiles = { readonly kit: BrandKit; readonly files: ReadonlyMap<string, Uint8Array> };

/** A finished picture and all that is needed to know where type and logo stand in it. */
export type ScoreInput = {
  /** The picture under type and logo, as an image file. */
  readonly art: Uint8Array;
  /** The finished picture as it lies in the library. */
  readonly delivered: Uint8Array;
  /** The version under which it was made. */
  readonly made: KitWithFiles;
  /** The version against which it is scored. */
  readonly wanted: KitWithFiles;
  readonly brandVersionId: BrandVersionId;
  readonly format: ChannelFormat;
  /** The template of the recipe, by its own name, the version that was drawn, and what was done beyond it. */
  readonly template: ComposedTemplate;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  /** The legal line that was set with them; empty without. */
  readonly legal: string;
  readonly forbiddenTerms: readonly string[];
  readonly requiredTerms: readonly string[];
  readonly measuredAtMs: number;
};

/** What the picture alone says, and the fingerprint by which near duplicates are told; see sameness-check.ts. */
export type PictureScore = { readonly report: ComplianceReport; readonly fingerprint: Uint8Array };

/** Measures pictures that were made before, in a thread of its own. */
export type PictureScorer = WorkerThread<ScoreInput, PictureScore>;

export function createPictureScorer(): PictureScorer {
  return createWorkerThread({ script: findWorkerScript(import.meta.url, 'score-worker'), name: 'scorer' });
}
