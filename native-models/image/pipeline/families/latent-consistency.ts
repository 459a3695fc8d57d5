import type { Family } from './family.ts';
import { stableDiffusion } from './stable-diffusion.ts';

/** Luo et al. 2023: Stable Diffusion distilled to a few steps, with guidance as an input of the network where it has one. */
export const latentConsistency: Family = {
  ...stableDiffusion,
  name: 'lcm',
  classNames: ['LatentConsistencyModelPipeline', 'LatentConsistencyModelImg2ImgPipeline'],
  spreadsStrength: true,
};
