import type { BrandKit } from '../../../contract/brand.ts';
import type { Raster } from '../../../contract/engine-protocol.ts';
import type { ChannelFormat } from '../../../contract/format.ts';
import type { CompositionAid } from '../../../contract/recipe.ts';
import type { Template, TemplateLayout } from '../../../contract/template.ts';
import { measureContrast } from '../../../domain/compliance/contrast-check.ts';
import { uniteRegions } from '../../../domain/compliance/layout.ts';
import type { LogoPlacement, TextBlock } from '../../../domain/compliance/layout.ts';
import { layoutFormatOf } from '../../../domain/production/channel-formats.ts';
import { blendLayer, copyRaster } from '../blend.ts';
import { chooseButtonColours } from '../choose-button.ts';
import { CONTRAST_ROOM } from '../choose-ground.ts';
import type { Box } from '../draw-shapes.ts';
import { drawRoundedBox, drawShapes } from '../draw-shapes.ts';
import { kitScale } from '../format-rules.ts';
import type { TemplateOutput } from '../headline-stack.ts';
import type { KitContent } from '../kit-content.ts';
import type { LogoRoom } from '../place-copy.ts';
import type { DrawnLogo, LogoSpot } from '../place-logo.ts';
import { chooseLogo, meanInk, measureFreeSpace, readInk, sizeLogo } from '../place-logo.ts';
import type { Copy } from '../set-copy.ts';
import { surroundLetters } from '../surround-letters.ts';
import { shapeParagraph } from '../type/shape-paragraph.ts';
import type { Scheme } from './choose-scheme.ts';
import { chooseScheme, paintOf } from './choose-scheme.ts';
import type { SlotContent, SlotText, TextSlot } from './measure-items.ts';
import { drawShape, fillBox, layPicture, placeShape } from './paint-shapes.ts';
import { PANEL_RADIUS, placePanels } from './place-panels.ts';
import type { PlacedItem, PlacedSlotText, PlacedStack } from './place-stack.ts';
import { placeStack } from './place-stack.ts';
import type { TemplateFrame } from './template-frame.ts';
import { createFrame } from './template-frame.ts';
import { tintPicture } from './tint-picture.ts';
import { veilPicture } from './veil-picture.ts';

/** Copy with the lines that a market asks for. */
export type TemplateCopy = Copy & { readonly legal: string };
export type LayOutInput = {
  readonly template: Template;
  readonly image: Raster;
  readonly kit: BrandKit;
  readonly content: KitContent;
  readonly format: ChannelFormat;
  readonly copy: TemplateCopy;
  readonly aids: readonly CompositionAid[];
};

/** Small print may be this much smaller than body text. */
const LEGAL_SHARE = 0.6;
/** Least room around a logo as a share of its height, whatever the kit asks for. */
const LOGO_AIR = 0.35;
const HEADLINE_TRACKING = -0.015;

function findLayout(template: Template, format: ChannelFormat): TemplateLayout {
  const layout = template.layouts.find(({ formats }) => formats.includes(layoutFormatOf(format)));
  if (!layout) throw new RangeError(`the template ${template.name} has no layout for ${format.id}`);
  return layout;
}

function shapeCopy(
  { kit, content, format, copy }: Omit<LayOutInput, 'image' | 'aids'>,
  layout: TemplateLayout,
): Map<TextSlot, SlotText> {
  const scale = kitScale(format);
  const items = layout.stacks.flatMap((stack) => stack.items);
  const bodyMin = kit.type.body.minSizePx * scale;
  const minimums = {
    headline: kit.type.headline.minSizePx * scale,
    body: bodyMin,
    callToAction: bodyMin,
    legal: bodyMin * LEGAL_SHARE,
  };
  const texts = new Map<TextSlot, SlotText>();
  for (const slot of ['headline', 'body', 'callToAction', 'legal'] as const) {
    const item = items.find((candidate) => candidate.slot === slot);
    if (!item) continue;
    const isHeadline = slot === 'headline';
    const chain = isHeadline ? content.headlineFaces : content.bodyFaces;
    const paragraph = shapeParagraph(copy[slot], chain, item.tracking ?? (isHeadline ? HEADLINE_TRACKING : 0));
    if (paragraph.text !== '') texts.set(slot, { paragraph, minSizePx: minimums[slot] });
  }
  return texts;
}

type LogoStock = {
  readonly room: (heightPx: number, maxWidthPx: number) => LogoRoom;
  readonly draw: (room: Box) => Promise<DrawnLogo[]>;
};

/** Logo variants have the same room, so that any of them can be chosen once the picture stands. */
function stockLogos({ content, format }: Pick<LayOutInput, 'content' | 'format'>): LogoStock {
  const scale = kitScale(format);
  let sizes: { width: number; height: number }[] = [];
  return {
    room(heightPx, maxWidthPx) {
      sizes = content.logos.map((logo) =>
        sizeLogo(logo.aspect, logo.spec.minWidthPx * scale, { logoHeight: heightPx }, maxWidthPx),
      );
      return {
        width: Math.max(0, ...sizes.map(({ width }) => width)),
        height: Math.max(0, ...sizes.map(({ height }) => height)),
        clear: Math.max(
          0,
          ...content.logos.map(({ spec }, index) => Math.max(spec.clearSpace, LOGO_AIR) * (sizes[index]?.height ?? 0)),
        ),
      };
    },
    draw: () =>
      Promise.all(
        content.logos.map(async (logo, index) => ({ logo, raster: await logo.render(sizes[index]?.width ?? 1) })),
      ),
  };
}

function spotLogo(
  drawn: DrawnLogo,
  room: Box,
  item: PlacedItem,
  stack: PlacedStack,
  frame: TemplateFrame,
  others: readonly Box[],
  format: ChannelFormat,
): LogoSpot {
  const { width, height } = drawn.raster;
  const isRight = (stack.stack.align === 'end') !== frame.isMirrored && stack.stack.align !== 'center';
  const spare = room.width - width;
  const x = Math.round(item.box.x + (stack.stack.align === 'center' ? spare / 2 : isRight ? spare : 0));
  const box = { x, y: Math.round(item.box.y + (room.height - height) / 2), width, height };
  const { spec } = drawn.logo;
  const placement: LogoPlacement = {
    name: spec.name,
    file: spec.file,
    box,
    ink: readInk(drawn.raster),
    minWidthPx: spec.minWidthPx * kitScale(format),
    clearSpacePx: spec.clearSpace * height,
    freeSpacePx: measureFreeSpace(box, others, format),
  };
  return { drawn, placement };
}

function describeText(placed: PlacedSlotText, colour: string): TextBlock {
  const { slot, text, lines, boxes, letters, sizePx, minSizePx, unsettable } = placed;
  const fitRatio = sizePx >= minSizePx - 1e-9 ? Math.max(1, sizePx / minSizePx) : sizePx / minSizePx;
  return { role: slot, text, lines, boxes, letters, colour, sizePx, minSizePx, fitRatio, unsettable };
}

const itemsOf = (stacks: readonly PlacedStack[]) =>
  stacks.flatMap((stack) => stack.items.map((item) => ({ stack, item })));
const hasRoom = ({ item, text }: PlacedItem) =>
  item.slot === 'callToAction' && (item.look === 'pill' || item.look === 'box') && text !== null;

function textBoxesOf({ items }: PlacedStack): Box[] {
  return items.filter((item) => !hasRoom(item)).flatMap(({ text }) => text?.boxes ?? []);
}

/** The ink of a stack's type: the one that was chosen for it, unless what is really behind it wants another. */
function chooseInk(backdrop: Raster, boxes: readonly Box[], wanted: string, kit: BrandKit): string {
  const target = kit.thresholds.contrast * CONTRAST_ROOM;
  if (boxes.length === 0 || measureContrast(backdrop, boxes, wanted) >= target) return wanted;
  const inks = [
    wanted,
    ...kit.palette.filter(({ role }) => role === 'text' || role === 'background').map(({ hex }) => hex),
  ];
  return (
    inks
      .map((ink) => ({ ink, ratio: measureContrast(backdrop, boxes, ink) }))
      .toSorted((one, other) => other.ratio - one.ratio)[0]?.ink ?? wanted
  );
}

function drawShapesOf(
  picture: Raster,
  layout: TemplateLayout,
  frame: TemplateFrame,
  stacks: readonly PlacedStack[],
  scheme: Scheme,
  kit: BrandKit,
): void {
  for (const shape of layout.shapes) {
    const box = placeShape(shape, frame, stacks);
    if (box) drawShape(picture, shape, box, frame, paintOf(shape.fill, scheme, kit));
  }
}

/** Lays the picture, the veil that type on it may need, and the shapes. */
function layGround(
  input: LayOutInput,
  layout: TemplateLayout,
  frame: TemplateFrame,
  stacks: readonly PlacedStack[],
  scheme: Scheme,
): { backdrop: Raster; ink: string } {
  const laid = layPicture(input.image, layout, frame, scheme.ground, input.template.drawing);
  const free = stacks.filter(({ stack, area }) => stack.on === 'picture' && area !== null);
  if (input.aids.includes('panel')) {
    drawShapesOf(laid, layout, frame, stacks, scheme, input.kit);
    for (const panel of free.flatMap((stack) => placePanels(stack, frame, hasRoom)))
      drawRoundedBox(laid, panel, PANEL_RADIUS * frame.unit, scheme.ground);
    return { backdrop: laid, ink: scheme.ink };
  }
  const bare = free.flatMap(({ items }) => items.flatMap((item) => (item.text && !hasRoom(item) ? [item.text] : [])));
  const texts = input.aids.includes('veil') ? bare.flatMap(surroundLetters) : bare.map(({ boxes }) => boxes);
  const area = uniteRegions(
    free.filter((stack) => textBoxesOf(stack).length > 0).flatMap((stack) => (stack.area ? [stack.area] : [])),
  );
  const { picture, ink } = area
    ? (input.template.drawing === 1 ? veilPicture : tintPicture)(laid, input.kit, layout, frame, texts, area)
    : { picture: laid, ink: scheme.ink };
  drawShapesOf(picture, layout, frame, stacks, scheme, input.kit);
  return { backdrop: picture, ink };
}

type Ink = { readonly text: PlacedSlotText; readonly colour: string };

/** Buttons and rules belong to the backdrop; what is left is type with its colour. */
function inkStacks(
  backdrop: Raster,
  stacks: readonly PlacedStack[],
  scheme: Scheme,
  pictureInk: string,
  kit: BrandKit,
  unit: number,
): Ink[] {
  const inks: Ink[] = [];
  for (const stack of stacks) {
    const ink = chooseInk(backdrop, textBoxesOf(stack), stack.stack.on === 'picture' ? pictureInk : scheme.ink, kit);
    for (const item of stack.items) {
      if (item.item.slot === 'rule') fillBox(backdrop, roundBox(item.box), scheme.highlight);
      if (!item.text) continue;
      if (hasRoom(item)) {
        const colours = chooseButtonColours(kit, backdrop, item.box);
        drawRoundedBox(backdrop, item.box, item.item.look === 'pill' ? item.box.height / 2 : 0.8 * unit, colours.fill);
        inks.push({ text: item.text, colour: colours.label });
      } else {
        if (item.item.slot === 'callToAction' && item.item.look === 'line') fillBox(backdrop, underline(item), ink);
        inks.push({ text: item.text, colour: ink });
      }
    }
  }
  return inks;
}

function roundBox({ x, y, width, height }: Box): Box {
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
  };
}

function underline({ box, text }: PlacedItem): Box {
  const thickness = Math.max(1, Math.round((text?.sizePx ?? 0) * 0.09));
  return roundBox({ x: box.x, y: box.y + box.height - thickness, width: box.width, height: thickness });
}

/** A template with everything in its place and nothing drawn yet. */
export type PlacedTemplate = {
  readonly layout: TemplateLayout;
  readonly frame: TemplateFrame;
  readonly stacks: readonly PlacedStack[];
  readonly logos: LogoStock;
};

/** Fits copy and logo into a template. */
export function placeTemplate(input: Omit<LayOutInput, 'image' | 'aids'>): PlacedTemplate {
  const { template, format } = input;
  const layout = findLayout(template, format);
  const texts = shapeCopy(input, layout);
  const leading = texts.get('headline') ?? texts.get('body') ?? texts.get('callToAction');
  const frame = createFrame(format, leading?.paragraph.isRightToLeft ?? false);
  const logos = stockLogos(input);
  const content: SlotContent = { texts, logoRoom: logos.room };
  return { layout, frame, stacks: layout.stacks.map((stack) => placeStack(stack, content, frame)), logos };
}

/** Sets a picture in a template. The same input gives the same pixels. */
export async function layOutTemplate(input: LayOutInput): Promise<TemplateOutput> {
  const { template, kit, format } = input;
  const { layout, frame, stacks, logos } = placeTemplate(input);
  const logoItem = itemsOf(stacks).find(({ item }) => item.item.slot === 'logo') ?? null;
  const variants = logoItem ? await logos.draw(logoItem.item.box) : [];
  const scheme = chooseScheme(template, kit, input.image, variants.map(meanInk));
  const { backdrop, ink } = layGround(input, layout, frame, stacks, scheme);
  const others = itemsOf(stacks)
    .filter(({ item }) => item !== logoItem?.item)
    .map(({ item }) => item.box);
  const choice = logoItem
    ? chooseLogo(
        backdrop,
        variants.map((drawn) =>
          spotLogo(drawn, logoItem.item.box, logoItem.item, logoItem.stack, frame, others, format),
        ),
        kit,
        scheme.ground,
        input.aids.includes('chip'),
      )
    : null;
  if (choice?.chip) drawRoundedBox(backdrop, choice.chip.box, choice.chip.radius, choice.chip.colour);
  const inks = inkStacks(backdrop, stacks, scheme, ink, kit, frame.unit);
  const finished = copyRaster(backdrop);
  for (const { text, colour } of inks) {
    for (const [index, box] of text.boxes.entries())
      drawShapes(finished, `<path fill="${colour}" d="${text.paths[index] ?? ''}"/>`, box);
  }
  if (choice) blendLayer(finished, choice.spot.drawn.raster, choice.spot.placement.box.x, choice.spot.placement.box.y);
  const blocks = inks.map(({ text, colour }) => describeText(text, colour));
  return { finished, backdrop, layout: { texts: blocks, logo: choice?.spot.placement ?? null } };
}
