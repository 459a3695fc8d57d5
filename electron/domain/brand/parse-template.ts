import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { layoutFormats } from '../../contract/format.ts';
import { templateSchema } from '../../contract/template.ts';
import type { Template, TemplateLayout } from '../../contract/template.ts';
import { decodeUtf8 } from '../text/decode-utf8.ts';
import { describeIssue, formatPath } from '../text/describe-issue.ts';

/** Longest template file that is read, in bytes. */
const MAX_TEMPLATE_BYTES = 200_000;

type Path = readonly (string | number)[];
type Conflict = { readonly path: Path; readonly reason: string; readonly expected: string };

function refuse(file: string, field: string, reason: string, expected: string, cause?: unknown): never {
  const subject = field === '' ? '' : `${field}: `;
  throw new StudioError(
    'brand.invalid',
    `${file}: ${subject}${reason}. Expected ${expected}.`,
    { file, field, reason, expected },
    { cause },
  );
}

const expectations: Readonly<Record<string, string>> = {
  name: 'lower-case words joined by hyphens, such as split-panel',
  version: 'a whole number from 1 that goes up with every change',
  drawing: '1 or 2',
  layouts: 'a list of layouts that together cover every channel format',
  'layouts.*.stacks': 'a list of 1 to 8 stacks, each with box and items',
  'layouts.*.stacks.*.box': 'left, top, width and height as shares of the format, such as [0.1, 0.5, 0.8, 0.4]',
  'layouts.*.picture.box': 'left, top, width and height as shares of the format, such as [0, 0, 1, 0.5]',
};

/** Fields that the schema knows where a field was refused, found by asking for one that does not exist. */
function listKnownFields(path: Path): string[] {
  const last = path.filter((key) => typeof key === 'string').at(-1);
  const shapes: Readonly<Record<string, string[]>> = {
    layouts: ['formats', 'picture', 'shapes', 'scrim', 'stacks'],
    picture: ['box', 'focus', 'radius'],
    shapes: ['kind', 'box', 'hug', 'points', 'fill', 'opacity', 'radius', 'line'],
    hug: ['stack', 'pad', 'bleed'],
    stacks: ['box', 'inset', 'direction', 'align', 'justify', 'gap', 'on', 'items'],
    items: ['slot', 'size', 'lines', 'leading', 'tracking', 'gap', 'width', 'look'],
  };
  return last === undefined ? Object.keys(templateSchema.shape) : (shapes[last] ?? []);
}

function refuseByIssue(issue: z.core.$ZodIssue | undefined, raw: unknown, file: string): never {
  if (!issue) return refuse(file, '', 'the template does not fit', 'the published template format');
  const { path, unknownKey, reason, expected } = describeIssue(issue, raw, listKnownFields, expectations);
  return refuse(file, formatPath(unknownKey === null ? path : [...path, unknownKey]), reason, expected);
}

function findLayoutConflict(layout: TemplateLayout, index: number): Conflict | null {
  const path: Path = ['layouts', index];
  const slots = layout.stacks.flatMap(({ items }) => items.map(({ slot }) => slot));
  for (const slot of ['headline', 'body', 'callToAction', 'logo', 'legal'] as const) {
    if (slots.filter((candidate) => candidate === slot).length > 1)
      return {
        path: [...path, 'stacks'],
        reason: `the slot ${slot} stands twice`,
        expected: 'each slot at most once in a layout',
      };
  }
  for (const slot of ['headline', 'logo'] as const) {
    if (!slots.includes(slot))
      return {
        path: [...path, 'stacks'],
        reason: `there is no ${slot}`,
        expected: 'a headline and a logo in every layout',
      };
  }
  for (const [at, shape] of layout.shapes.entries()) {
    const here = [...path, 'shapes', at];
    if (shape.hug && shape.hug.stack >= layout.stacks.length)
      return {
        path: [...here, 'hug', 'stack'],
        reason: `there is no stack ${shape.hug.stack}`,
        expected: `a number from 0 to ${layout.stacks.length - 1}`,
      };
    if (shape.kind === 'polygon' && (shape.points?.length ?? 0) < 3)
      return {
        path: [...here, 'points'],
        reason: 'the polygon has less than 3 corners',
        expected: 'at least 3 corners',
      };
    if (shape.kind !== 'polygon' && !shape.hug && !shape.box)
      return { path: here, reason: 'it has no place', expected: 'a box or a stack to hug' };
  }
  return null;
}

function findConflict({ layouts }: Template): Conflict | null {
  const covered = layouts.flatMap(({ formats }) => formats);
  const missing = layoutFormats.find((id) => !covered.includes(id));
  if (missing !== undefined)
    return {
      path: ['layouts'],
      reason: `no layout is for ${missing}`,
      expected: `layouts for ${layoutFormats.join(', ')}`,
    };
  const twice = layoutFormats.find((id) => covered.filter((other) => other === id).length > 1);
  if (twice !== undefined)
    return { path: ['layouts'], reason: `two layouts are for ${twice}`, expected: 'each format in one layout' };
  for (const [index, layout] of layouts.entries()) {
    const conflict = findLayoutConflict(layout, index);
    if (conflict) return conflict;
  }
  return null;
}

/** Reads the JSON of a template. Throws `brand.invalid` for the first thing that is wrong, naming field and remedy. */
export function parseTemplate(source: Uint8Array, file: string): Template {
  if (source.length > MAX_TEMPLATE_BYTES)
    refuse(file, '', `the template has ${source.length} bytes`, `at most ${MAX_TEMPLATE_BYTES} bytes`);
  const decoded = decodeUtf8(source);
  if (decoded.kind === 'refused') return refuse(file, '', decoded.reason, decoded.expected);
  let raw: unknown;
  try {
    raw = JSON.parse(decoded.text);
  } catch (cause) {
    return refuse(file, '', 'the file is not valid JSON', 'a JSON object in the published template format', cause);
  }
  return readTemplate(raw, file);
}

/** Checks a template that was read already. Throws `brand.invalid` naming field and remedy. */
export function readTemplate(raw: unknown, file: string): Template {
  const parsed = templateSchema.safeParse(raw);
  if (!parsed.success)
    return refuseByIssue(
      parsed.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? parsed.error.issues[0],
      raw,
      file,
    );
  const conflict = findConflict(parsed.data);
  if (conflict) refuse(file, formatPath(conflict.path), conflict.reason, conflict.expected);
  return parsed.data;
}
