import { Resvg } from '@resvg/resvg-js';
import { refuseKitFile } from './refuse-kit-file.ts';
import { sanitiseSvg } from './sanitise-svg.ts';

/** Clips and masks inside of clips and masks: each level may double the work, and a logo has one or two. */
const MAX_MASK_DEPTH = 6;

/**
 * The drawing made anew from what the renderer understood of it: paths, groups, gradients, clips and masks with plain numbers and colours. Classes, styles, symbols,
 * repeats, titles and names are resolved or gone, and it draws the same pixels. What it gives comes back as it is. Throws what the renderer throws for a drawing that is
 * not well-formed. @throws brand.invalid for one that unfolds to too much
 */
export function rewriteSvg(svg: string, file: string, field: string): string {
  const plain = new Resvg(svg, { font: { loadSystemFonts: false } }).toString();
  const bytes = new TextEncoder().encode(plain);
  sanitiseSvg(bytes, file, field);
  if (measureMaskDepth(plain) > MAX_MASK_DEPTH)
    refuseKitFile(
      file,
      field,
      'its masks and clips stand inside of each other too deep',
      `at most ${MAX_MASK_DEPTH} masks or clips one in the other`,
    );
  return plain;
}

/** How deep clips and masks of a plain drawing lead into each other. The renderer has taken out circles. */
function measureMaskDepth(plain: string): number {
  const leads = new Map<string, string[]>();
  let holder: string | null = null;
  for (const [, close, name, attributes = ''] of plain.matchAll(/<(\/?)(\w+)([^>]*)>/g)) {
    if (name === 'mask' || name === 'clipPath') {
      holder = close === '/' ? null : (/ id="([^"]*)"/.exec(attributes)?.[1] ?? '');
      if (holder !== null) leads.set(holder, []);
    }
    if (holder === null) continue;
    for (const [, target = ''] of attributes.matchAll(/ (?:mask|clip-path)="url\(#([^)]*)\)"/g))
      leads.get(holder)?.push(target);
  }
  const known = new Map<string, number>();
  const depth = (id: string, open: ReadonlySet<string>): number => {
    const before = known.get(id);
    if (before !== undefined) return before;
    if (open.has(id)) return Number.POSITIVE_INFINITY;
    const inner = (leads.get(id) ?? []).map((target) => depth(target, new Set([...open, id])));
    const found = 1 + Math.max(0, ...inner);
    known.set(id, found);
    return found;
  };
  return Math.max(0, ...[...leads.keys()].map((id) => depth(id, new Set())));
}
