import { z } from 'zod';
import { layoutFormatSchema } from './format.ts';
import { paletteRoleSchema } from './brand.ts';

/** Left, top, width and height as shares of the channel format. Texts and logos stay inside the format's safe area wherever their box reaches. */
const boxSchema = z.tuple([z.number(), z.number(), z.number().positive(), z.number().positive()]);
/** Hundredths of the format's short edge. */
const lengthSchema = z.number().min(0).max(200);

/** `ground` and `ink` are the pair that is chosen for the picture from the template's grounds. */
const paintSchema = z.union([z.enum(['ground', 'ink', 'highlight']), paletteRoleSchema]);

/** A field that is filled before the type is set. With `hug` it grows around a stack and ignores its box. */
const shapeSchema = z.strictObject({
  kind: z.enum(['box', 'ellipse', 'polygon', 'frame']),
  box: boxSchema.optional(),
  /** Number of the stack that the shape surrounds, from 0, and the room around its content. */
  hug: z
    .strictObject({
      stack: z.int().min(0).max(7),
      pad: lengthSchema.default(5),
      /** Edges of the format that the shape runs to. */
      bleed: z
        .array(z.enum(['start', 'end', 'top', 'bottom']))
        .max(4)
        .default([]),
    })
    .optional(),
  /** Corners of a polygon, as shares of the format. */
  points: z
    .array(z.tuple([z.number(), z.number()]))
    .max(12)
    .optional(),
  fill: paintSchema.default('ground'),
  opacity: z.number().min(0).max(1).default(1),
  radius: lengthSchema.default(0),
  /** Width of the line of a frame. */
  line: lengthSchema.default(1),
});
export type TemplateShape = z.infer<typeof shapeSchema>;

const itemSchema = z.strictObject({
  slot: z.enum(['headline', 'body', 'callToAction', 'logo', 'legal', 'rule', 'space']),
  /** Largest size of a text, height of a logo, thickness of a rule. */
  size: lengthSchema.default(4),
  lines: z.int().min(1).max(12).default(4),
  /** Distance of baselines as a share of the size. */
  leading: z.number().min(0.8).max(2).optional(),
  /** Room between letters as a share of the size. */
  tracking: z.number().min(-0.06).max(0.3).optional(),
  /** Room before the item; the stack's own gap when left out. */
  gap: lengthSchema.optional(),
  /** Widest share of the stack that the item may take. */
  width: z.number().min(0.05).max(1).default(1),
  look: z.enum(['pill', 'box', 'line', 'plain']).default('pill'),
});
export type TemplateItem = z.infer<typeof itemSchema>;

const stackSchema = z.strictObject({
  box: boxSchema,
  /** Room inside of the box, on every side. */
  inset: lengthSchema.default(0),
  direction: z.enum(['column', 'row']).default('column'),
  /** Across the direction of a column: where its items stand. Start is left, and right for scripts that run from the right. */
  align: z.enum(['start', 'center', 'end']).default('start'),
  /** Along the direction. */
  justify: z.enum(['start', 'center', 'end', 'between']).default('start'),
  gap: lengthSchema.default(3),
  /** On a shape, type takes the ink of the ground; on the picture it takes what can be read there. */
  on: z.enum(['ground', 'picture']).default('ground'),
  items: z.array(itemSchema).min(1).max(8),
});
export type TemplateStack = z.infer<typeof stackSchema>;

const layoutSchema = z.strictObject({
  formats: z.array(layoutFormatSchema).min(1).max(20),
  /** Where the picture stands; what is left is filled with the ground. `focus` is the part of it that is kept when it is cropped, from 0 (left, top) to 1. */
  picture: z
    .strictObject({
      box: boxSchema.default([0, 0, 1, 1]),
      focus: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).default([0.5, 0.5]),
      radius: lengthSchema.default(0),
    })
    .prefault({}),
  shapes: z.array(shapeSchema).max(12).default([]),
  /** Edge from which a veil may darken or lighten the picture where type on it could not be read. */
  scrim: z.enum(['top', 'bottom', 'start', 'end', 'all']).default('bottom'),
  stacks: z.array(stackSchema).min(1).max(8),
});
export type TemplateLayout = z.infer<typeof layoutSchema>;

/** The published template format: where picture, type, logo and shapes stand in every channel format. */
export const templateSchema = z.strictObject({
  $schema: z.string().max(300).optional(),
  name: z
    .string()
    .max(60)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens, such as split-panel'),
  /** Goes up whenever the pixels of finished pictures would change. */
  version: z.int().min(1),
  title: z.string().min(1).max(60),
  /**
   * How pictures are drawn. 1 crops at the layout's focus and veils in few steps; 2 finds the focus in the picture itself and veils no more than contrast asks, in the colour
   * that changes the picture least.
   */
  drawing: z.int().min(1).max(2).default(1),
  /** Roles whose colours may be the ground, the first that suits the picture. */
  grounds: z.array(paletteRoleSchema).min(1).max(6).default(['background', 'text', 'primary']),
  layouts: z.array(layoutSchema).min(1).max(20),
});
export type Template = z.infer<typeof templateSchema>;
export type TemplateSource = z.input<typeof templateSchema>;
