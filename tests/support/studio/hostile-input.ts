import fc from 'fast-check';
import { z } from 'zod';

/**
 * Values that a schema takes. It knows the shapes that the contract uses and throws for a new one, so that no schema goes untested.
 * Ids are those of the library, where some are given, as often as made-up ones. `z.toJSONSchema` gives the shape; formats and patterns that matter are filled by hand.
 */
export function arbitraryOf(schema: z.ZodType, knownIds: readonly string[] = []): fc.Arbitrary<unknown> {
  const ids = knownIds.length === 0 ? anyId : fc.oneof(fc.constantFrom(...knownIds), anyId);
  const fromJsonSchema = createReader(ids);
  return fromJsonSchema(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);
}

type JsonSchema = {
  [key: string]: unknown;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  additionalProperties?: boolean | JsonSchema;
};

const hexDigit = fc.constantFrom(...'0123456789abcdef'.split(''));

const anyId = fc
  .array(fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'.split('')), { minLength: 25, maxLength: 25 })
  .map((digits) => `0${digits.join('')}`);

function createReader(ids: fc.Arbitrary<string>): (schema: JsonSchema) => fc.Arbitrary<unknown> {
  const patterns: readonly (readonly [RegExp, fc.Arbitrary<string>])[] = [
    [/\{25\}\$/, ids],
    [/\{64\}\$/, fc.string({ unit: hexDigit, minLength: 64, maxLength: 64 })],
    [/\{6\}\$/, fc.string({ unit: hexDigit, minLength: 6, maxLength: 6 }).map((digits) => `#${digits}`)],
    [/a-z\]\{2,3\}/, fc.constantFrom('en', 'de-AT', 'pt-BR')],
    [/\\\.\\\./, fc.constantFrom('logo.svg', 'fonts/a.ttf', 'a b.png')],
  ];

  function read(schema: JsonSchema): fc.Arbitrary<unknown> {
    if ('const' in schema) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return fc.oneof(...choices.map(read));
    if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => read({ ...schema, type })));
    if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(read));
    switch (schema.type) {
      case 'object':
        return readObject(schema);
      case 'array':
        return fc.array(read(schema.items ?? {}), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 3),
        });
      case 'string':
        return readString(schema);
      case 'integer':
        return fc.integer({
          min: Math.max(schema.minimum ?? -1000, -2_147_483_648),
          max: Math.min(schema.maximum ?? 1000, 4_294_967_295),
        });
      case 'number':
        return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case undefined:
        return fc.anything();
      default:
        throw new Error(`no arbitrary for ${JSON.stringify(schema)}`);
    }
  }

  function readObject({ properties = {}, required = [], additionalProperties }: JsonSchema): fc.Arbitrary<unknown> {
    const entries = Object.entries(properties).map(([key, property]) => [key, read(property)] as const);
    if (entries.length === 0 && typeof additionalProperties === 'object')
      return fc.dictionary(fc.string({ maxLength: 10 }), read(additionalProperties), { maxKeys: 3 });
    return fc.record(Object.fromEntries(entries), { requiredKeys: required });
  }

  function readString({ pattern, minLength = 0, maxLength = 200 }: JsonSchema): fc.Arbitrary<string> {
    const known = patterns.find(([form]) => pattern !== undefined && form.test(pattern));
    if (known) return known[1];
    return fc
      .string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, minLength + 40) })
      .map((text) => text.slice(0, maxLength).padEnd(minLength, 'x'));
  }

  return read;
}

/** Values that no schema asks for: wrong kinds, prototype tricks, numbers at the edge, half characters, depth and size. */
export const poison: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    NaN,
    -0,
    Infinity,
    2 ** 53,
    -1,
    1e308,
    '',
    '\ud800',
    '\u0000',
    '../../etc/passwd',
    'a'.repeat(300_000),
    [],
    {},
    true,
    new Date(0),
    1n,
    new Set([1]),
    new Map([[1, 2]]),
  ),
  fc
    .constantFrom('{"__proto__":{"role":"editor"}}', '{"constructor":{"prototype":{}}}', '{"toString":1}')
    .map((text): unknown => JSON.parse(text)),
  fc.integer({ min: 100, max: 10_000 }).map(nest),
  fc.anything({ maxDepth: 3 }),
);

function nest(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** Takes a good value and spoils it in one place, or adds something that does not belong. */
export function mutationOf(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(good, poison, fc.nat(), fc.constantFrom('replace', 'add', 'drop', 'whole'))
    .map(([value, bad, place, how]) => {
      if (how === 'whole' || typeof value !== 'object' || value === null || Array.isArray(value)) return bad;
      const copy: Record<string, unknown> = { ...value };
      const keys = Object.keys(copy);
      const key = keys[place % Math.max(1, keys.length)];
      if (how === 'add' || key === undefined) copy[`extra${place % 3}`] = bad;
      else if (how === 'drop') delete copy[key];
      else copy[key] = bad;
      return copy;
    });
}
