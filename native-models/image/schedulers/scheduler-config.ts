import { z } from 'zod';
import type { SchedulerName } from '../../../electron/contract/recipe.ts';

/**
 * What `scheduler_config.json` may say. Unknown keys are left alone; a key that is absent takes the default of the algorithm that
 * runs, as in diffusers, so every field here is optional.
 */
export const schedulerConfigSchema = z.object({
  _class_name: z.string().optional(),
  num_train_timesteps: z.int().min(1).max(100_000).default(1000),
  beta_start: z.number().default(0.0001),
  beta_end: z.number().default(0.02),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2']).default('linear'),
  trained_betas: z.array(z.number()).nullish(),
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample']).default('epsilon'),
  timestep_spacing: z.enum(['linspace', 'leading', 'trailing']).optional(),
  steps_offset: z.int().default(0),
  rescale_betas_zero_snr: z.boolean().default(false),
  set_alpha_to_one: z.boolean().default(true),
  clip_sample: z.boolean().optional(),
  clip_sample_range: z.number().default(1),
  use_karras_sigmas: z.boolean().nullish(),
  use_exponential_sigmas: z.boolean().nullish(),
  use_beta_sigmas: z.boolean().nullish(),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
  algorithm_type: z.string().optional(),
  solver_order: z.int().min(1).max(3).default(2),
  solver_type: z.string().optional(),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  original_inference_steps: z.int().min(1).default(50),
  timestep_scaling: z.number().default(10),
  shift: z.number().positive().default(1),
  use_dynamic_shifting: z.boolean().default(false),
  base_shift: z.number().default(0.5),
  max_shift: z.number().default(1.15),
  base_image_seq_len: z.number().default(256),
  max_image_seq_len: z.number().default(4096),
});
export type SchedulerConfig = z.infer<typeof schedulerConfigSchema>;

const NAMES_BY_CLASS: Record<string, SchedulerName> = {
  DDIMScheduler: 'ddim',
  // PNDM is not among ours; on the same noise levels DDIM gives pictures closest to it.
  PNDMScheduler: 'ddim',
  DDPMScheduler: 'ddim',
  EulerDiscreteScheduler: 'euler',
  EulerAncestralDiscreteScheduler: 'euler-ancestral',
  DPMSolverMultistepScheduler: 'dpmpp-2m',
  LCMScheduler: 'lcm',
  FlowMatchEulerDiscreteScheduler: 'flow-match-euler',
};

/** Our name for the algorithm that the model's configuration asks for, or null if it is not among ours. */
export function nameScheduler(config: SchedulerConfig): SchedulerName | null {
  return NAMES_BY_CLASS[config._class_name ?? ''] ?? null;
}
