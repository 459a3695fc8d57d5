import type { BrandKit } from '../../contract/brand.ts';

export type KitChange = {
  /** Where in the kit, as people name it: "Palette, Delivery blue, tolerance". */
  readonly part: KitPart;
  readonly field: readonly string[];
  readonly kind: 'added' | 'removed' | 'changed';
  /** What stood and what stands, as text; null where nothing did. */
  readonly before: string | null;
  readonly after: string | null;
};

export type KitPart = 'name' | 'palette' | 'type' | 'logos' | 'voice' | 'style' | 'policy' | 'template' | 'thresholds';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The files of both versions by their name in the kit: a file that kept its name but not its content is a change too. */
export type KitFiles = {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
};

const parts: readonly KitPart[] = [
  'name',
  'palette',
  'type',
  'logos',
  'voice',
  'style',
  'policy',
  'template',
  'thresholds',
];

/** What differs between two kits, part by part in the order of the sheet. Colours and logos are matched by name, words by themselves. */
export function compareKits(
  before: BrandKit,
  after: BrandKit,
  files: KitFiles = { before: {}, after: {} },
): KitChange[] {
  return [
    ...parts.flatMap((part) =>
      compareValues(toJson(before, part), toJson(after, part)).map((change) => ({ part, ...change })),
    ),
    ...compareFiles(files),
  ];
}

function toJson(kit: BrandKit, part: KitPart): Json {
  return JSON.parse(JSON.stringify((kit as Readonly<Record<string, unknown>>)[part] ?? null)) as Json;
}

type Change = Omit<KitChange, 'part'>;

function isFields(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function compareValues(before: Json, after: Json, field: readonly string[] = []): Change[] {
  if (isList(before) && isList(after)) return compareLists(before, after, field);
  if (isFields(before) && isFields(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => compareValues(before[key] ?? null, after[key] ?? null, [...field, key]));
  }
  const [from, to] = [describeValue(before), describeValue(after)];
  if (from === to) return [];
  const kind = from === null ? 'added' : to === null ? 'removed' : 'changed';
  return [{ field, kind, before: from, after: to }];
}

/** Entries are the same when their names are, or the whole of them where they have none. */
function identify(entry: Json): string {
  if (!isFields(entry)) return JSON.stringify(entry);
  const name = entry['name'] ?? entry['file'] ?? entry['line'];
  return typeof name === 'string' ? name : JSON.stringify(entry);
}

function compareLists(before: readonly Json[], after: readonly Json[], field: readonly string[]): Change[] {
  const old = new Map(before.map((entry) => [identify(entry), entry]));
  const fresh = new Map(after.map((entry) => [identify(entry), entry]));
  const removed = [...old].filter(([key]) => !fresh.has(key));
  return [
    ...[...fresh].flatMap(([key, entry]): Change[] => {
      const known = old.get(key);
      const place = isFields(entry) ? [...field, key] : field;
      if (known === undefined) return [{ field: place, kind: 'added', before: null, after: describeValue(entry) }];
      return isFields(known) && isFields(entry) ? compareValues(known, entry, place) : [];
    }),
    ...removed.map(([key, entry]): Change => ({
      field: isFields(entry) ? [...field, key] : field,
      kind: 'removed',
      before: describeValue(entry),
      after: null,
    })),
  ];
}

/** A value in one line; null when there is nothing to say. */
function describeValue(value: Json): string | null {
  if (value === null || value === '') return null;
  if (isList(value)) return value.length === 0 ? null : value.map((entry) => describeValue(entry) ?? '').join(', ');
  if (!isFields(value)) return String(value);
  const shown = ['hex', 'role', 'file', 'family', 'on', 'market', 'line', 'weight'].flatMap((key) => {
    const text = describeValue(value[key] ?? null);
    return text === null ? [] : [text];
  });
  return shown.length === 0 ? JSON.stringify(value) : shown.join(', ');
}

function compareFiles({ before, after }: KitFiles): KitChange[] {
  return Object.keys(after)
    .filter((name) => before[name] !== undefined && before[name] !== after[name])
    .map((name) => ({
      part: /\.(ttf|otf|woff2?)$/i.test(name) ? 'type' : 'logos',
      field: ['file', name],
      kind: 'changed',
      before: before[name]?.slice(0, 8) ?? null,
      after: after[name]?.slice(0, 8) ?? null,
    }));
}
