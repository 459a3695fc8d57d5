import { type ComplianceReport } from '../../contract/compliance.ts';
import { type ObjectHash } from '../../contract/identifiers.ts';
import { type Recipe } from '../../contract/recipe.ts';
import { type Remake } from '../../contract/remake.ts';

/** The picture is in the store already. Width and height in pixels of the finished picture. */
export type PictureResult = {
  readonly hash: ObjectHash;
  /** The picture under type and logo, in the store already; scoring it again needs it. */
  readonly artHash?: ObjectHash;
  readonly width: number;
  readonly height: number;
  readonly headline: string;
  readonly body: string;
  readonly callToAction: string;
  readonly recipe: Recipe;
  readonly report: ComplianceReport;
  /** What tells near duplicates apart. */
  readonly fingerprint?: Uint8Array;
  /** The try that follows because this one failed; it is queued with the picture or not at all. */
  readonly next?: Remake | null;
};
