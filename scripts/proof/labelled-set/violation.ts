import { type ComplianceInput } from '../../../electron/domain/compliance/measure-compliance.ts';
import { type Random } from './random.ts';
import { type Sample } from './sample.ts';

/** Puts exactly one violation into an asset; null where the asset gives no occasion. `level` 0 is the faintest kind that still is one, 2 the grossest. */
export type Violation = (sample: Sample, level: 0 | 1 | 2, random: Random) => Promise<ComplianceInput | null>;
