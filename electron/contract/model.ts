import { z } from 'zod';
import { briefIdSchema } from './identifiers.ts';
import { emptySchema, procedure } from './procedure.ts';
import { runSchema } from './run.ts';

/** Longest path that is read. Paths are absolute and name a place on the machine that runs the studio. */
const pathSchema = z.string().min(1).max(4096);
const nameSchema = z.string().min(1).max(200);
/** Names of tensors that are shown; the rest is a number. */
export const MAX_EXAMPLES = 12;

export const modelFormSchema = z.enum(['image', 'text', 'vision', 'lora', 'checkpoint']);
export type ModelForm = z.infer<typeof modelFormSchema>;

/** What lies at a place, before anything of it is installed. */
export const modelSightingSchema = z.strictObject({
  /** Name that it would get. */
  name: z.string(),
  form: modelFormSchema,
  /** Null where it does not say, as checkpoints do not. */
  family: z.string().nullable(),
  sizeBytes: z.int().nonnegative(),
  /** Installed image models whose graphs a checkpoint can take, or whose layers a LoRA can be matched with. */
  bases: z.array(z.string()),
});
export type ModelSighting = z.infer<typeof modelSightingSchema>;

/** How the tensors of a LoRA or a checkpoint fit into a model. */
const fitShape = {
  /** Layers of a LoRA or tensors of a checkpoint that found a place; null where nothing was compared. */
  matched: z.int().nonnegative().nullable(),
  unmatched: z.int().nonnegative().nullable(),
  /** Names of the first tensors without a place. */
  examples: z.array(z.string().max(300)).max(MAX_EXAMPLES),
};
export const weightFitSchema = z.strictObject(fitShape);
export type WeightFit = z.infer<typeof weightFitSchema>;

export const importReportSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['image', 'text', 'vision', 'lora']),
  family: z.string(),
  /** Type of most weights; null where a file does not say. */
  precision: z.string().nullable(),
  sizeBytes: z.int().nonnegative(),
  /** What it takes when it is loaded, as the ledger reserves it; null for a LoRA. */
  memoryMiB: z.int().nonnegative().nullable(),
  /** Suggested steps of an image model. */
  steps: z.int().nullable(),
  /** The model that it was compared with, or whose graphs it has. */
  base: z.string().nullable(),
  ...fitShape,
  /** Parts that are the base's, because the checkpoint has none. */
  kept: z.array(z.string()).max(20),
  /** What will be otherwise than the model asks for; sentences for the user. */
  warnings: z.array(z.string().max(300)).max(10),
  /** The same files were here before, under `name`; nothing was installed. */
  alreadyInstalled: z.boolean(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

/** Names of installed text models; null where nobody chose, which leaves it to the usual one and that to the starter's. */
export const textChoiceSchema = z.strictObject({ usual: nameSchema.nullable(), campaign: nameSchema.nullable() });
export type TextChoice = z.infer<typeof textChoiceSchema>;

const faults = [
  'model.fileMissing',
  'model.damaged',
  'model.wrongKind',
  'model.unsupportedSetting',
  'model.notInstalled',
  'engine.failed',
] as const;

/** Brings models in. Procedures with a path answer only whoever sits at the machine that the path is of. */
export const modelContract = {
  look: procedure(...faults)
    .input(z.strictObject({ path: pathSchema }))
    .output(modelSightingSchema),
  /** Begins a run that installs what lies at the path. A stopped one goes on where it was at the next try with the same files. */
  import: procedure(...faults)
    .input(z.strictObject({ path: pathSchema, name: nameSchema.optional(), base: nameSchema.optional() }))
    .output(runSchema),
  /** Which layers of an image model a LoRA changes. */
  match: procedure(...faults)
    .input(z.strictObject({ lora: nameSchema, base: nameSchema }))
    .output(weightFitSchema),
  /** Which text model writes, in all campaigns and in this one. */
  textChoice: procedure('brief.notFound')
    .input(z.strictObject({ briefId: briefIdSchema.nullable() }))
    .output(textChoiceSchema),
  /** Chooses the text model of a campaign, or without one the usual one; null takes the choice back. */
  chooseText: procedure('brief.notFound', ...faults)
    .input(z.strictObject({ briefId: briefIdSchema.nullable(), name: nameSchema.nullable() }))
    .output(textChoiceSchema),
  /** Takes a model of one's own away for good. */
  remove: procedure(...faults)
    .input(z.strictObject({ name: nameSchema }))
    .output(emptySchema),
};
