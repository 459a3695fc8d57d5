import { z } from 'zod';
import { emptySchema, procedure } from './procedure.ts';

/** The shapes for which every template has a layout. A format of another shape is laid out like the one whose proportions are nearest. */
export const layoutFormats = [
  'square-post',
  'portrait-post',
  'story',
  'landscape',
  'link-card',
  'leaderboard',
  'skyscraper',
] as const;
export const layoutFormatSchema = z.enum(layoutFormats);
export type LayoutFormat = z.infer<typeof layoutFormatSchema>;

/** Lower-case words joined by hyphens. Which of them are there is the library's to say: it may hold formats of its own. */
export const formatIdSchema = z
  .string()
  .max(40)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as square-post');
export type FormatId = z.infer<typeof formatIdSchema>;

/** Pixels of an edge: smaller holds no type that can be read, larger is more than an engine's answer may hold. */
export const MIN_FORMAT_EDGE_PX = 64;
export const MAX_FORMAT_EDGE_PX = 8192;
/** The widest shape, as the ratio of its long edge to its short one: a strip beyond it holds a logo and no sentence. */
export const MAX_FORMAT_RATIO = 12;

const edgeSchema = z.int().min(MIN_FORMAT_EDGE_PX).max(MAX_FORMAT_EDGE_PX);
const insetSchema = z.int().nonnegative().max(MAX_FORMAT_EDGE_PX);
const safeInsetsSchema = z.strictObject({
  top: insetSchema,
  right: insetSchema,
  bottom: insetSchema,
  left: insetSchema,
});

/** Where it is used; `own` are those that the library's people added. */
export const formatGroups = ['social', 'display', 'print', 'own'] as const;
export type FormatGroup = (typeof formatGroups)[number];

/** A named size. Insets are pixels at the given size that a channel's own interface, or a cutter, may take. */
export const channelFormatSchema = z.strictObject({
  id: formatIdSchema,
  name: z.string().min(1).max(60),
  group: z.enum(formatGroups),
  ratio: z.string(),
  width: edgeSchema,
  height: edgeSchema,
  safeInsets: safeInsetsSchema,
  /** Largest file that the strictest usual place for it takes as an upload. */
  maxBytes: z.int().positive(),
});
export type ChannelFormat = z.infer<typeof channelFormatSchema>;

/** A format that a person adds. Left out, the insets are a twentieth of the short edge and the file may have 8 MiB. */
export const newFormatSchema = z.strictObject({
  name: z.string().trim().min(1).max(60),
  width: edgeSchema,
  height: edgeSchema,
  safeInsets: safeInsetsSchema.optional(),
  maxBytes: z
    .int()
    .min(16 * 1024)
    .max(1024 ** 3)
    .optional(),
});
export type NewFormat = z.infer<typeof newFormatSchema>;

export const formatContract = {
  /** Those that every library has, then its own, the newest last. */
  list: procedure().input(emptySchema).output(z.array(channelFormatSchema)),
  add: procedure().input(newFormatSchema).output(channelFormatSchema),
  /** Takes one of the library's own out of the list. Pictures that were made in it keep it. */
  remove: procedure('format.notFound')
    .input(z.strictObject({ formatId: formatIdSchema }))
    .output(z.strictObject({ removed: z.boolean() })),
};
