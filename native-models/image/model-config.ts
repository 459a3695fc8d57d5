import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../electron/contract/errors.ts';
import { readSchedulerConfig, type SchedulerConfig } from './schedulers/scheduler-config.ts';

export const modelIndexSchema = z.object({
  _class_name: z.string(),
  force_zeros_for_empty_prompt: z.boolean().optional(),
});

export const autoencoderConfigSchema = z.object({
  scaling_factor: z.number().positive().optional(),
  shift_factor: z.number().nullish(),
  latents_mean: z.array(z.number()).nullish(),
  latents_std: z.array(z.number().positive()).nullish(),
  latent_channels: z.int().positive().optional(),
  block_out_channels: z.array(z.int().positive()).min(1).default([128, 256, 512, 512]),
  sample_size: z.int().positive().default(512),
});
export type AutoencoderConfig = z.infer<typeof autoencoderConfigSchema>;

export const denoiserConfigSchema = z.object({
  in_channels: z.int().positive().optional(),
  out_channels: z.int().positive().optional(),
  sample_size: z
    .union([
      z.int().positive(),
      z
        .array(z.int().positive())
        .min(1)
        .transform((sizes) => sizes[0] ?? 64),
    ])
    .optional(),
  block_out_channels: z.array(z.int()).optional(),
  time_cond_proj_dim: z.int().nullish(),
});

export const hintsSchema = z.object({
  latentToRgb: z
    .object({ weight: z.array(z.array(z.number())).length(3), bias: z.array(z.number()).length(3) })
    .optional(),
  recommended: z
    .object({
      steps: z.int().min(1).optional(),
      guidance: z.number().optional(),
      sizes: z
        .array(z.tuple([z.int().positive(), z.int().positive()]))
        .min(1)
        .optional(),
    })
    .optional(),
  sizeMultiple: z.int().positive().optional(),
});
export type ModelHints = z.infer<typeof hintsSchema>;

/** A JSON file of the model by its schema. An optional one that is absent gives the schema's defaults; a damaged one never does. */
export async function readConfig<T>(
  model: string,
  folder: string,
  file: string,
  schema: z.ZodType<T>,
  isOptional = false,
): Promise<T> {
  const path = join(folder, file);
  if (!existsSync(path)) {
    if (isOptional) return schema.parse({});
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
  }
  const parsed = schema.safeParse(parseJson<unknown>(model, file, await readFile(path, 'utf8'), JSON.parse));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const reason = `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'not understood'}`;
  throw new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}

export async function readSchedulerFile(model: string, folder: string): Promise<SchedulerConfig> {
  const file = 'scheduler/scheduler_config.json';
  const path = join(folder, file);
  if (!existsSync(path))
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
  return parseJson(model, file, await readFile(path, 'utf8'), readSchedulerConfig);
}

function parseJson<T>(model: string, file: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const reason = 'it is not JSON';
    throw new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
      model,
      file,
      reason,
    });
  }
}
