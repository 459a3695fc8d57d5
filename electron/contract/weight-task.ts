import { z } from 'zod';
import { errorRecordSchema } from './errors.ts';

/**
 * Work on model files that a process of its own does, so that no file can take the studio down: `node engine.ts weights <task as JSON>`,
 * which answers with one JSON object per line. Paths are absolute and never cross to the page.
 */
const placeSchema = z.strictObject({ name: z.string().max(200), path: z.string().max(4096) });

export const weightTaskSchema = z.discriminatedUnion('task', [
  /** Reads every header of a model that is about to be installed. */
  z.strictObject({ task: z.literal('examine'), kind: z.enum(['image', 'text', 'vision']), model: placeSchema }),
  /** Which layers of a model a LoRA changes. */
  z.strictObject({ task: z.literal('match'), model: placeSchema, lora: placeSchema }),
  /** Makes a model of a checkpoint with the graphs of another one. `target` does not exist. */
  z.strictObject({
    task: z.literal('convert'),
    base: placeSchema,
    checkpoint: z.string().max(4096),
    target: z.string().max(4096),
  }),
]);
export type WeightTask = z.infer<typeof weightTaskSchema>;

export const weightAnswerSchema = z.strictObject({
  /** Type of most weights of the denoiser, or of a text model's tensors; null where that says nothing. */
  precision: z.string().nullable().default(null),
  /** Parts or layers with the number of tensors that found a place. */
  placed: z.record(z.string(), z.int()).default({}),
  /** Parts that are the base's, because the checkpoint has none. */
  kept: z.array(z.string()).default([]),
  /** Tensors without a place. */
  unplaced: z.array(z.string()).default([]),
  /** What the engine will do otherwise than the model asks for; sentences for the user. */
  warnings: z.array(z.string().max(300)).default([]),
});
export type WeightAnswer = z.infer<typeof weightAnswerSchema>;

export const weightLineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), done: z.int(), total: z.int() }),
  z.strictObject({ type: z.literal('done'), answer: weightAnswerSchema }),
  z.strictObject({ type: z.literal('failed'), error: errorRecordSchema }),
]);
export type WeightLine = z.infer<typeof weightLineSchema>;
