import { z } from 'zod';
import { StudioError } from '../../../electron/contract/errors.ts';
import type { SchedulerName } from '../../../electron/contract/recipe.ts';

const FILE = 'scheduler/scheduler_config.json';

/**
 * What `scheduler_config.json` may say. Unknown keys are left alone; a key that is absent takes the default of the algorithm that
 * runs, as in diffusers, so a field whose default differs between algorithms is optional here.
 */
export const schedulerConfigSchema = z.object({
  _class_name: z.string().optional(),
  num_train_timesteps: z.int().min(1).max(100_000).default(1000),
  beta_start: z.number().optional(),
  beta_end: z.number().optional(),
  beta_schedule: z.enum(['linear', 'scaled_linear', 'squaredcos_cap_v2', 'exp']).optional(),
  trained_betas: z.array(z.number()).min(1).nullish(),
  prediction_type: z.enum(['epsilon', 'v_prediction', 'sample', 'flow_prediction']).default('epsilon'),
  timestep_spacing: z.enum(['linspace', 'leading', 'trailing']).optional(),
  steps_offset: z.int().default(0),
  rescale_betas_zero_snr: z.boolean().default(false),
  set_alpha_to_one: z.boolean().optional(),
  clip_sample: z.boolean().optional(),
  clip_sample_range: z.number().default(1),
  thresholding: z.boolean().default(false),
  dynamic_thresholding_ratio: z.number().min(0).max(1).default(0.995),
  sample_max_value: z.number().positive().default(1),
  use_karras_sigmas: z.boolean().nullish(),
  use_exponential_sigmas: z.boolean().nullish(),
  use_beta_sigmas: z.boolean().nullish(),
  use_lu_lambdas: z.boolean().nullish(),
  use_flow_sigmas: z.boolean().nullish(),
  flow_shift: z.number().positive().default(1),
  sigma_min: z.number().positive().nullish(),
  sigma_max: z.number().positive().nullish(),
  interpolation_type: z.enum(['linear', 'log_linear']).default('linear'),
  timestep_type: z.enum(['discrete', 'continuous']).default('discrete'),
  final_sigmas_type: z.enum(['zero', 'sigma_min']).default('zero'),
  algorithm_type: z.enum(['dpmsolver++', 'sde-dpmsolver++', 'dpmsolver', 'sde-dpmsolver', 'deis']).optional(),
  solver_order: z.int().min(1).max(8).default(2),
  solver_type: z.enum(['midpoint', 'heun', 'bh1', 'bh2', 'logrho']).optional(),
  lower_order_final: z.boolean().default(true),
  euler_at_final: z.boolean().default(false),
  lambda_min_clipped: z.union([z.number(), z.literal(Number.NEGATIVE_INFINITY)]).nullish(),
  variance_type: z.enum(['learned', 'learned_range', 'fixed_small', 'fixed_large']).nullish(),
  predict_x0: z.boolean().default(true),
  disable_corrector: z.array(z.int()).default([]),
  solver_p: z.null().optional(),
  skip_prk_steps: z.boolean().default(false),
  original_inference_steps: z.int().min(1).default(50),
  timestep_scaling: z.number().default(10),
  shift: z.number().positive().default(1),
  use_dynamic_shifting: z.boolean().default(false),
  base_shift: z.number().nullish(),
  max_shift: z.number().nullish(),
  base_image_seq_len: z.number().default(256),
  max_image_seq_len: z.number().default(4096),
  time_shift_type: z.enum(['exponential', 'linear']).default('exponential'),
  shift_terminal: z.number().lt(1).nullish(),
  invert_sigmas: z.boolean().default(false),
  stochastic_sampling: z.boolean().default(false),
});
export type SchedulerConfig = z.infer<typeof schedulerConfigSchema>;

/**
 * Reads the text of `scheduler_config.json`. Python writes `-Infinity` and `NaN` into JSON, and published configurations have them.
 * Throws `model.unsupportedSetting` naming the field and what it may be; a text that is no JSON throws a SyntaxError.
 */
export function readSchedulerConfig(text: string): SchedulerConfig {
  const numbers = text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (token) =>
    token.startsWith('"') ? token : token === 'NaN' ? 'null' : `${token.startsWith('-') ? '-' : ''}1e999`,
  );
  const value: unknown = JSON.parse(numbers);
  const parsed = schedulerConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  const found = issue?.path[0] === undefined ? value : Reflect.get(Object(value), issue.path[0]);
  const supported = issue?.code === 'invalid_value' ? issue.values.map(String) : [issue?.message ?? 'another value'];
  return refuseSetting(field, found, supported);
}

/** Throws the error of a setting that this build cannot follow: pictures made without it would not be the model's. */
export function refuseSetting(field: string, found: unknown, supported: readonly string[]): never {
  const shown = (typeof found === 'string' ? found : (JSON.stringify(found) ?? String(found))).slice(0, 100);
  throw new StudioError(
    'model.unsupportedSetting',
    `${FILE} asks for ${field} ${shown}; this build supports ${supported.join(', ')}.`,
    { file: FILE, field, found: shown, supported: [...supported] },
  );
}

/** The prediction type, for algorithms that do not run flow models. */
export function requireNoiseOrClean(
  config: SchedulerConfig,
): Exclude<SchedulerConfig['prediction_type'], 'flow_prediction'> {
  const kind = config.prediction_type;
  if (kind === 'flow_prediction') return refuseSetting('prediction_type', kind, ['epsilon', 'v_prediction', 'sample']);
  return kind;
}

const NAMES_BY_CLASS: Record<string, SchedulerName> = {
  DDIMScheduler: 'ddim',
  PNDMScheduler: 'pndm',
  // Fewer steps of DDPM are DDIM's on the same noise levels.
  DDPMScheduler: 'ddim',
  EulerDiscreteScheduler: 'euler',
  EulerAncestralDiscreteScheduler: 'euler-ancestral',
  HeunDiscreteScheduler: 'heun',
  DPMSolverMultistepScheduler: 'dpmpp-2m',
  UniPCMultistepScheduler: 'unipc',
  LCMScheduler: 'lcm',
  TCDScheduler: 'tcd',
  FlowMatchEulerDiscreteScheduler: 'flow-match-euler',
};

/** What runs a model whose configuration names an algorithm that is not among ours. */
export const STAND_IN_SCHEDULER: SchedulerName = 'euler';

/** Our name for the algorithm that the model's configuration asks for, or null if it is not among ours. */
export function nameScheduler(config: SchedulerConfig): SchedulerName | null {
  const name = NAMES_BY_CLASS[config._class_name ?? ''] ?? null;
  if (name !== 'dpmpp-2m') return name;
  const isStochastic = config.algorithm_type === 'sde-dpmsolver++';
  if (config.use_karras_sigmas) return isStochastic ? 'dpmpp-2m-sde-karras' : 'dpmpp-2m-karras';
  return isStochastic ? 'dpmpp-2m-sde' : 'dpmpp-2m';
}
