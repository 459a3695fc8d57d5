import { describe, expect, test } from 'vitest';
import type { FormatId } from '../../../../../../electron/contract/format.ts';
import { layoutFormats } from '../../../../../../electron/contract/format.ts';
import { templateNames } from '../../../../../../electron/domain/brand/template-names.ts';
import type { KitContent } from '../../../../../../electron/studio/compose/kit-content.ts';
import { loadKitContent } from '../../../../../../electron/studio/compose/kit-content.ts';
import { renderSvg } from '../../../../../../electron/readers/render-svg.ts';
import { placeTemplate } from '../../../../../../electron/studio/compose/template/lay-out-template.ts';
import type { PlacedStack } from '../../../../../../electron/studio/compose/template/place-stack.ts';
import { roomOf } from '../../../../../../electron/studio/compose/template/template-frame.ts';
import type { TemplateFrame } from '../../../../../../electron/studio/compose/template/template-frame.ts';
import { readExampleBrand } from '../../../../../support/example-brand.ts';
import { nastyStrings } from '../../../../../support/nasty-strings.ts';
import { quarterFormat } from '../../../../../support/quarter-format.ts';

const { kit, files } = readExampleBrand();
/** How far beyond the format ink is looked for, in pixels. */
const MARGIN = 40;

function copyOf(text: string) {
  const short = Array.from(text).slice(0, 24).join('');
  return { headline: text, body: `${text} ${text}`.slice(0, 600), callToAction: short, legal: short };
}

/** Pixels of a stack's type that lie outside of its room, counted on a layer larger than the format. The soft edge of a glyph may touch the next pixel. */
function countInkOutside(stack: PlacedStack, frame: TemplateFrame): number {
  const paths = stack.items.flatMap(({ text }) => text?.paths ?? []);
  if (paths.length === 0) return 0;
  const [width, height] = [frame.width + 2 * MARGIN, frame.height + 2 * MARGIN];
  const { rgba } = renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}"><path d="${paths.join('')}"/></svg>`,
  );
  const room = roomOf(frame, stack.stack);
  const [left, top] = [Math.floor(room.x) + MARGIN - 1, Math.floor(room.y) + MARGIN - 1];
  const [right, bottom] = [Math.ceil(room.x + room.width) + MARGIN + 1, Math.ceil(room.y + room.height) + MARGIN + 1];
  let outside = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInside = x >= left && x < right && y >= top && y < bottom;
      if (!isInside && (rgba[(y * width + x) * 4 + 3] ?? 0) > 0) outside++;
    }
  }
  return outside;
}

/** What went wrong with a text in a format of a template; empty when all is well. */
function findFaults(text: string, id: FormatId, content: KitContent): string[] {
  const { stacks, frame } = placeTemplate({
    template: content.template,
    kit,
    content,
    format: quarterFormat(id),
    copy: copyOf(text),
  });
  const ink = stacks.reduce((sum, stack) => sum + countInkOutside(stack, frame), 0);
  const set = stacks.flatMap(({ items }) => items.flatMap((item) => (item.text ? [item.text] : [])));
  const lost = set.filter(
    ({ text: whole, lines }) => lines.join('').replaceAll(/[\s\u200b]/gu, '') !== whole.replaceAll(/[\s\u200b]/gu, ''),
  );
  return [
    ...(ink > 0 ? [`${id}: ${ink} pixels outside for ${JSON.stringify(text)}`] : []),
    ...lost.map(({ slot }) => `${id}: the ${slot} lost letters of ${JSON.stringify(text)}`),
  ];
}

/** Every shape of a layout, and the smallest of all formats. */
const tried = [...layoutFormats, 'mobile-banner'];

describe('placeTemplate', () => {
  test('is tried with sixty texts', () => {
    expect(new Set(nastyStrings).size).toBe(60);
  });

  test.each(templateNames)(
    'keeps every glyph of sixty nasty texts inside of its place in %s',
    { timeout: 240_000 },
    async (name) => {
      const content = await loadKitContent({ ...kit, template: name }, files);
      const faults = tried.flatMap((id) => nastyStrings.flatMap((text) => findFaults(text, id, content)));
      expect(faults).toEqual([]);
    },
  );
});
