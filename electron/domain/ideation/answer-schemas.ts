import type { DeliverableKind } from '../../contract/ideation.ts';

type JsonSchema = Record<string, unknown>;
const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
const list = (minItems: number, maxItems: number, maxLength: number): JsonSchema => ({
  type: 'array',
  minItems,
  maxItems,
  items: text(maxLength),
});

function object(properties: JsonSchema): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

/**
 * What the text engine's grammar is made of. Only types, lengths and counts: patterns and ranges are ignored by the grammar, and `anyOf` is mistranslated.
 * Same limits as the schemas of the contract; a test compares them.
 */
export const answerJsonSchemas: Readonly<Record<DeliverableKind, JsonSchema>> = {
  persona: object({
    name: text(40),
    summary: text(160),
    needs: list(2, 3, 80),
    frustrations: list(2, 2, 80),
    quote: text(120),
  }),
  gap: object({ title: text(60), observation: text(160), opportunity: text(160) }),
  concept: object({
    title: text(40),
    headline: text(60),
    body: text(180),
    callToAction: text(24),
    imagePrompt: text(160),
  }),
};

export type FieldLimit = {
  /** UTF-16 units of a text, or of each text of a list. */
  readonly maxLength: number;
  /** Least and greatest count of a list; null for a text. */
  readonly items: readonly [number, number] | null;
};

/** Null for a field that the schema does not have. */
export function readFieldLimit(schema: JsonSchema, field: string): FieldLimit | null {
  const own = read(schema['properties'], field);
  const items = read(own, 'items');
  const maxLength = read(own, 'maxLength') ?? read(items, 'maxLength');
  if (typeof maxLength !== 'number') return null;
  return {
    maxLength,
    items: items === undefined ? null : [Number(read(own, 'minItems')), Number(read(own, 'maxItems'))],
  };
}

function read(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}
