import { z } from 'zod';
import { standInsSchema } from './stand-ins.ts';

const habitsSchema = z.strictObject({
  standIns: standInsSchema.default({}),
  /** Tokens under this share of the likeliest one's probability are never written. */
  minP: z.number().min(0).max(1).default(0),
  /** What was written in so many last tokens is not written again as a whole; 0 lets it. */
  guardTokens: z.int().min(0).max(512).default(0),
  /** All words that it was taught to write, with spaces between; empty where that is not known. */
  words: z.string().max(1_000_000).default(''),
});
/** What a model's makers know about how it writes best. */
export type WritingHabits = z.infer<typeof habitsSchema>;

/** Key of a GGUF file that declares the habits; its value is JSON. */
export const HABITS_KEY = 'housestyle.writing';

/** Those of a model that declares nothing, or what is not understood: it is prompted plainly and samples as the job says. */
const PLAIN: WritingHabits = { standIns: {}, minP: 0, guardTokens: 0, words: '' };

export function parseHabits(json: string | null): WritingHabits {
  if (json === null) return PLAIN;
  try {
    return habitsSchema.safeParse(JSON.parse(json)).data ?? PLAIN;
  } catch {
    return PLAIN;
  }
}

/** Least length, in tokens, of a repetition that the guard makes unlikely: names of two tokens stay free. */
const FREE_TOKENS = 2;

/** Sampling options of node-llama-cpp beside those of the job. The guard is DRY, "don't repeat yourself". */
export function listSamplingOptions({ minP, guardTokens }: WritingHabits) {
  return {
    ...(minP > 0 && { minP }),
    ...(guardTokens > 0 && {
      dryRepeatPenalty: { strength: 1, allowedLength: FREE_TOKENS, lastTokens: guardTokens },
    }),
  };
}
