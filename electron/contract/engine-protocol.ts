import { z } from 'zod';
import { deviceNameSchema } from './devices.ts';
import { errorRecordSchema } from './errors.ts';
import { seedSchema } from './identifiers.ts';
import { loraUseSchema, paletteGuidanceSchema, pictureSourceSchema, schedulerNameSchema } from './recipe.ts';

/**
 * The frames between the supervisor and an engine process. They travel over a pipe (descriptor 3 of the engine) as a 4-byte
 * little-endian length and a structured clone (`node:v8`), so pixels are Uint8Array and never text. Node's own channel is not used:
 * a child that writes rubbish into it takes its parent down. An engine works on one request at a time.
 */
export const engineKindSchema = z.enum(['text', 'image', 'vision', 'speech']);
export type EngineKind = z.infer<typeof engineKindSchema>;

export const ENGINE_PROTOCOL_VERSION = 1;

const bytesSchema = z.instanceof(Uint8Array);

/** Interleaved 8-bit RGB, row by row from the top; `rgb.length === width * height * 3`. */
export const rasterSchema = z.strictObject({
  width: z.int().min(1).max(16384),
  height: z.int().min(1).max(16384),
  rgb: bytesSchema,
});
export type Raster = z.infer<typeof rasterSchema>;

/** `path` is a model folder (image, vision) or a GGUF file (text), absolute. It never crosses to the renderer. `hash` is the model's, known to the studio; the engine hands it back in `modelInfo`. */
export const loadRequestSchema = z.strictObject({
  kind: engineKindSchema,
  name: z.string().max(200),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  path: z.string().max(4096),
  threads: z.int().min(1).max(256),
  device: deviceNameSchema,
  /** Less memory at the price of time: see the README of native-models/image. */
  isThrifty: z.boolean().optional(),
  /** LoRAs to be part of an image model's weights, and the folder where such merges are kept. */
  merge: z
    .strictObject({
      loras: z.array(loraUseSchema.extend({ path: z.string().max(4096) })).max(16),
      cachePath: z.string().max(4096),
    })
    .optional(),
});
export type LoadRequest = z.infer<typeof loadRequestSchema>;

export const modelInfoSchema = z.strictObject({
  name: z.string().max(200),
  /** SHA-256 over the sorted list of the model's files and their SHA-256. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  family: z.string().max(100),
  sizeBytes: z.int().nonnegative(),
  device: z.string().max(40),
  /** Why it runs there, in a sentence; the studio, which chose, adds it. */
  deviceReason: z.string().max(600).optional(),
  engineBuild: z.string().max(200),
  /** Image models: what the model suggests. Null elsewhere. */
  image: z
    .strictObject({
      steps: z.int(),
      guidance: z.number(),
      scheduler: schedulerNameSchema,
      sizes: z.array(z.tuple([z.int(), z.int()])),
      /** Pixels; edges in this multiple are drawn as they are, others in multiples of `PICTURE_STEP_PX` are drawn larger and cut. */
      sizeMultiple: z.int().min(1),
    })
    .nullable(),
  /** LoRAs that are part of the weights, with how many of their layers found a place and which tensors did not. */
  loras: z
    .array(
      loraUseSchema.extend({
        matched: z.int().nonnegative(),
        unmatched: z.int().nonnegative(),
        examples: z.array(z.string().max(300)).max(10),
      }),
    )
    .optional(),
  /** Text models: context length in tokens. Null elsewhere. */
  contextTokens: z.int().nullable(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

/** What a picture is made from, with its pixels: both rasters have the job's size. A mask is white where the picture changes. */
const jobSourceSchema = z.strictObject({
  ...pictureSourceSchema.shape,
  raster: rasterSchema,
  maskRaster: rasterSchema.nullable(),
});

/** Pixels: the width and height of a picture job are multiples of this, whatever smaller steps a model takes. */
export const PICTURE_STEP_PX = 8;

export const imageJobSchema = z.strictObject({
  kind: z.literal('image'),
  prompt: z.string().max(4000),
  negativePrompt: z.string().max(4000),
  width: z.int().min(64).max(4096),
  height: z.int().min(64).max(4096),
  steps: z.int().min(1).max(200),
  guidance: z.number().min(0).max(30),
  scheduler: schedulerNameSchema,
  seed: seedSchema,
  loras: z.array(loraUseSchema).max(16),
  paletteGuidance: paletteGuidanceSchema.nullable(),
  /** Share, 0 to 1, by which strong guidance is brought back to the spread of an unguided answer (Lin et al. 2023); 0 unless given. */
  guidanceRescale: z.number().min(0).max(1).optional(),
  source: jobSourceSchema.optional(),
  /** A preview raster (at most 64 px on its long edge) is sent with every n-th step; 0 sends none. */
  previewEvery: z.int().min(0).max(200),
});
export type ImageJob = z.infer<typeof imageJobSchema>;

export const textJobSchema = z.strictObject({
  kind: z.literal('text'),
  system: z.string().max(8000),
  user: z.string().max(32000),
  /** A JSON schema (objects, arrays, strings, enums, maxLength, maxItems) that the answer is constrained to, or null for free text. */
  jsonSchema: z.record(z.string(), z.unknown()).nullable(),
  maxTokens: z.int().min(1).max(8192),
  temperature: z.number().min(0).max(2),
  topP: z.number().min(0).max(1),
  seed: seedSchema,
  /**
   * Words of the user's turn that the answer should carry as they are. A model that declares stand-ins reads and writes those in their
   * place, and the engine puts the words back, in what it streams and in the answer; every other model is prompted as it stands.
   * `short` is what a phrase is called where there is less room.
   */
  phrases: z
    .array(
      z.strictObject({
        role: z.enum(['product', 'what', 'audience', 'fact']),
        text: z.string().max(400),
        short: z.string().max(400).optional(),
      }),
    )
    .max(60)
    .optional(),
  /**
   * The same wish in sentences. A model that declares a dialect of its own gets `system` and `user` above; every other model gets this.
   * Each `place` in `user` takes its lines; those that the context has no room for beside the answer are left out, the last ones first.
   */
  instructions: z
    .strictObject({
      system: z.string().max(8000),
      user: z.string().max(64_000),
      spare: z
        .array(z.strictObject({ place: z.string().min(3).max(40), lines: z.array(z.string().max(2100)).max(2000) }))
        .max(8),
      maxTokens: z.int().min(1).max(8192),
    })
    .optional(),
});
export type TextJob = z.infer<typeof textJobSchema>;

export const visionJobSchema = z.strictObject({
  kind: z.literal('vision'),
  images: z.array(rasterSchema).max(64),
  texts: z.array(z.string().max(2000)).max(256),
});
export type VisionJob = z.infer<typeof visionJobSchema>;

export const engineJobSchema = z.discriminatedUnion('kind', [imageJobSchema, textJobSchema, visionJobSchema]);
export type EngineJob = z.infer<typeof engineJobSchema>;

/** A part of the making of one picture: a stage, a step, or one call of a network by its file. Times since the start of the job. */
export const traceSpanSchema = z.strictObject({
  kind: z.enum(['stage', 'step', 'run']),
  name: z.string().max(200),
  startMs: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
});
export type TraceSpan = z.infer<typeof traceSpanSchema>;

export const imageResultSchema = z.strictObject({
  kind: z.literal('image'),
  raster: rasterSchema,
  seconds: z.strictObject({ encode: z.number(), denoise: z.number(), decode: z.number() }),
  /** What was done otherwise than asked for, for want of memory; sentences for the user. */
  notes: z.array(z.string().max(300)).max(10).optional(),
  trace: z.array(traceSpanSchema).max(6000).optional(),
});
export const textResultSchema = z.strictObject({
  kind: z.literal('text'),
  text: z.string(),
  /** What the model thought before it answered; it is no part of the text. */
  reasoning: z.string().max(100_000).optional(),
  /** What the model read where that is not `system` and `user` of the job, and the lines that had no room. */
  asked: z.strictObject({ system: z.string(), user: z.string(), leftOut: z.array(z.string()).max(16_000) }).optional(),
  tokens: z.int().nonnegative(),
  firstTokenMs: z.number(),
  durationMs: z.number(),
  /** Words that the model was never taught and that do not stand in the job: probably garbled. */
  oddWords: z.array(z.string()).max(20).optional(),
});
/** Unit-length vectors, one row per input in the order of the job. */
export const visionResultSchema = z.strictObject({
  kind: z.literal('vision'),
  images: z.array(z.instanceof(Float32Array)),
  texts: z.array(z.instanceof(Float32Array)),
});
export const engineResultSchema = z.discriminatedUnion('kind', [
  imageResultSchema,
  textResultSchema,
  visionResultSchema,
]);
export type ImageResult = z.infer<typeof imageResultSchema>;
export type TextResult = z.infer<typeof textResultSchema>;
export type VisionResult = z.infer<typeof visionResultSchema>;
export type EngineResult = z.infer<typeof engineResultSchema>;

const requestIdSchema = z.int().nonnegative();

/** Studio to engine. */
export const engineCommandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('load'), requestId: requestIdSchema, model: loadRequestSchema }),
  z.strictObject({ type: z.literal('run'), requestId: requestIdSchema, job: engineJobSchema }),
  z.strictObject({ type: z.literal('cancel'), requestId: requestIdSchema }),
  z.strictObject({ type: z.literal('unload'), requestId: requestIdSchema }),
  z.strictObject({ type: z.literal('shutdown') }),
]);
export type EngineCommand = z.infer<typeof engineCommandSchema>;

/** Engine to studio. `heartbeat` comes at least every second while the process's loop turns; `busy` announces a native call that blocks the loop for at most `forMs`. */
export const engineEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), protocol: z.int(), kind: engineKindSchema, build: z.string().max(200) }),
  z.strictObject({ type: z.literal('heartbeat'), rssBytes: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('busy'), forMs: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('loaded'), requestId: requestIdSchema, info: modelInfoSchema }),
  z.strictObject({ type: z.literal('unloaded'), requestId: requestIdSchema }),
  z.strictObject({
    type: z.literal('progress'),
    requestId: requestIdSchema,
    step: z.int().nonnegative(),
    steps: z.int().positive(),
    preview: rasterSchema.nullable(),
  }),
  z.strictObject({ type: z.literal('chunk'), requestId: requestIdSchema, text: z.string() }),
  z.strictObject({ type: z.literal('result'), requestId: requestIdSchema, result: engineResultSchema }),
  z.strictObject({ type: z.literal('cancelled'), requestId: requestIdSchema }),
  z.strictObject({ type: z.literal('failure'), requestId: requestIdSchema, error: errorRecordSchema }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;
