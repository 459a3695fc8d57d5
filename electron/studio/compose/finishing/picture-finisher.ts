import type { BrandKit } from '../../../contract/brand.ts';
import type { ComplianceReport } from '../../../contract/compliance.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { BrandVersionId } from '../../../contract/identifiers.ts';
import type { ChannelFormat } from '../../../contract/format.ts';
import type { ComposedTemplate } from '../compose-picture.ts';
import { createWorkerThread, findWorkerScript } from '../../threads/worker-thread.ts';

export type FinishInput = {
  readonly raster: Raster;
  readonly brandVersionId: BrandVersionId;
  readonly kit: BrandKit;
  /** Bytes of fonts and logos by their name in the kit. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly format: ChannelFormat;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly forbiddenTerms: readonly string[];
  /** Lines that the market asks for; those that no other text says are set as the legal line. */
  readonly requiredTerms: readonly string[];
  /** Templates that may be tried where the kit's own has no room for what it sets. */
  readonly spareTemplates?: readonly string[];
  readonly measuredAtMs: number;
  /** The picture under type and logo is in the store already and need not be encoded. */
  readonly artIsKept?: boolean;
};

/** The finished picture as PNG, in pixels of the channel format. */
export type FinishedPicture = {
  /** The picture under type and logo as PNG, at the size at which it was made. */
  readonly art?: Uint8Array;
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly template: ComposedTemplate;
  /** Name in the kit of the logo that was set, or null. */
  readonly logoFile: string | null;
  readonly report: ComplianceReport;
  /** What tells near duplicates apart; see sameness-check.ts. */
  readonly fingerprint: Uint8Array;
};

/** Sets type and logo on pictures and measures them, in a thread of its own so that nobody waits for it. */
export type PictureFinisher = {
  finish(input: FinishInput): Promise<FinishedPicture>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** With several threads each picture goes to the one that has least to do; a thread starts with its first picture. */
export function createPictureFinisher(threads = 1): PictureFinisher {
  const lanes = Array.from({ length: threads }, (_, at) => ({
    inHand: 0,
    thread: createWorkerThread<FinishInput, FinishedPicture>({
      script: findWorkerScript(import.meta.url, 'finish-worker'),
      name: `finisher ${at + 1}`,
    }),
  }));
  return {
    finish: async (input) => {
      const lane = lanes.reduce((least, other) => (other.inHand < least.inHand ? other : least));
      lane.inHand++;
      try {
        return await lane.thread.ask(input);
      } finally {
        lane.inHand--;
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(lanes.map(({ thread }) => thread[Symbol.asyncDispose]()));
    },
  };
}
