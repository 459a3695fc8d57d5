import { decodeUtf8 } from '../domain/text/decode-utf8.ts';
import { refuseKitFile } from './refuse-kit-file.ts';

/** Larger drawings are no logos. */
export const MAX_SVG_BYTES = 2 * 1024 * 1024;
const MAX_ELEMENTS = 20_000;

const EXPECTED = 'a plain SVG of shapes, with text turned into outlines';

/** Elements that draw. Everything else, known to be harmful or not, is refused. */
const allowedElements = new Set(
  'svg g path rect circle ellipse line polyline polygon defs lineargradient radialgradient stop clippath mask symbol use title desc style'.split(
    ' ',
  ),
);

type Attribute = { readonly name: string; readonly value: string };
type Tag = {
  readonly kind: 'open' | 'close' | 'single';
  readonly name: string;
  readonly attributes: readonly Attribute[];
};

function refuse(file: string, field: string, reason: string): never {
  refuseKitFile(file, field, reason, EXPECTED);
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Character references resolved, so that "&#106;avascript" hides nothing. */
function resolveReferences(value: string): string {
  return value.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));?/gi,
    (whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
      const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : '';
    },
  );
}

const attributePattern = /([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

function readTag(source: string): Tag {
  const isClose = source.startsWith('</');
  const name = /^<\/?\s*([^\s/>]+)/.exec(source)?.[1]?.toLowerCase() ?? '';
  const attributes = [...source.matchAll(attributePattern)].map(([, key = '', double, single]) => ({
    name: key.toLowerCase(),
    value: resolveReferences(double ?? single ?? ''),
  }));
  return { kind: isClose ? 'close' : source.endsWith('/>') ? 'single' : 'open', name, attributes };
}

/** Why a reference to something outside of the drawing, or a script, stands in a value; null when it does not. */
function findReach(value: string): string | null {
  const folded = value.replace(/[\s\p{Cc}\\]+/gu, '').toLowerCase();
  if (/(?:java|vb)script:/.test(folded)) return 'a script';
  if (/@import|@font-face/.test(folded)) return 'a reference to another file';
  const urls = [...folded.matchAll(/url\(["']?([^)]*)/g)].map(([, target = '']) => target);
  return urls.some((target) => !target.startsWith('#')) ? 'a reference to another file' : null;
}

function assertAttributes({ name, attributes }: Tag, file: string, field: string): void {
  for (const attribute of attributes) {
    if (attribute.name.startsWith('on'))
      refuse(file, field, `<${name}> has the script attribute ${attribute.name.slice(0, 30)}`);
    if (/(^|:)href$/.test(attribute.name) && !attribute.value.trim().startsWith('#'))
      refuse(file, field, `<${name}> refers to another file (${attribute.value.slice(0, 60)})`);
    if (/(^|:)base$/.test(attribute.name)) refuse(file, field, `<${name}> sets a base address`);
    // Namespace declarations hold addresses that nobody opens.
    if (attribute.name === 'xmlns' || attribute.name.startsWith('xmlns:')) continue;
    const reach = findReach(attribute.value);
    if (reach !== null) refuse(file, field, `<${name}> holds ${reach} in ${attribute.name.slice(0, 30)}`);
  }
}

/** Drawings that repeat drawings that repeat drawings grow beyond all bounds from a few lines; one level is enough for a logo. */
function assertShallowUse(tags: readonly Tag[], file: string, field: string): void {
  const open: string[] = [];
  const holdsUse = new Set<string>();
  const targets: string[] = [];
  for (const tag of tags) {
    const idOf = tag.attributes.find(({ name }) => name === 'id')?.value ?? '';
    if (tag.kind === 'close') open.pop();
    if (tag.name === 'use' && tag.kind !== 'close') {
      for (const id of [...open, idOf]) if (id !== '') holdsUse.add(id);
      targets.push(
        tag.attributes
          .find(({ name }) => /(^|:)href$/.test(name))
          ?.value.trim()
          .slice(1) ?? '',
      );
    }
    if (tag.kind === 'open') open.push(idOf);
  }
  if (targets.some((target) => holdsUse.has(target)))
    refuse(file, field, 'a <use> repeats a part that holds a <use> itself');
}

/**
 * Lets an SVG through only when it draws and does nothing else: no scripts, event attributes, entities, embedded or foreign files, text or unknown elements.
 * Returns the text as it was. Throws `brand.invalid` naming what was found.
 */
export function sanitiseSvg(bytes: Uint8Array, file: string, field: string): string {
  if (bytes.length > MAX_SVG_BYTES)
    refuse(
      file,
      field,
      `the drawing has ${Math.ceil(bytes.length / 1024)} KiB; ${MAX_SVG_BYTES / 1024} KiB is the limit`,
    );
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuse(file, field, decoded.reason);
  const text = decoded.text;
  if (/<!(?:doctype|entity|element|attlist|notation)/i.test(text))
    refuse(file, field, 'it declares a document type or entities');
  if (/<!\[CDATA\[/i.test(text)) refuse(file, field, 'it holds a CDATA section');
  if (/<\?xml-stylesheet/i.test(text)) refuse(file, field, 'it refers to a style sheet in another file');
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').replace(/<\?[\s\S]*?\?>/g, '');
  if (/<[!?]/.test(bare)) refuse(file, field, 'it holds a declaration that does not end');
  const tags = (bare.match(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g) ?? []).map(readTag);
  if (tags[0]?.name !== 'svg') refuse(file, field, 'it is not an SVG drawing');
  if (tags.length > MAX_ELEMENTS) refuse(file, field, `it has ${tags.length} tags; ${MAX_ELEMENTS} is the limit`);
  for (const tag of tags) {
    if (!allowedElements.has(tag.name)) refuse(file, field, `it holds the element <${tag.name.slice(0, 40)}>`);
    if (tag.kind !== 'close') assertAttributes(tag, file, field);
  }
  assertShallowUse(tags, file, field);
  for (const [, css = ''] of bare.matchAll(/<style[^>]*>([\s\S]*?)<\/style/gi)) {
    const reach = findReach(resolveReferences(css));
    if (reach !== null) refuse(file, field, `its style holds ${reach}`);
  }
  return text;
}
