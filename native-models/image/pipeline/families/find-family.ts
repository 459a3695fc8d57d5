import type { Family } from './family.ts';
import { latentConsistency } from './latent-consistency.ts';
import { stableDiffusion } from './stable-diffusion.ts';
import { stableDiffusionXl } from './stable-diffusion-xl.ts';

const FAMILIES: readonly Family[] = [stableDiffusion, latentConsistency, stableDiffusionXl];
const EXPORTER_PREFIX = /^(Onnx|ORT|OV)/;

/** The family that runs a class of pipelines, or null. */
export function findFamily(className: string): Family | null {
  const plain = className.replace(EXPORTER_PREFIX, '');
  return FAMILIES.find((family) => family.classNames.includes(plain)) ?? null;
}
