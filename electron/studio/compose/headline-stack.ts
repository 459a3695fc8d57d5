import type { BrandKit } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { CompositionAid } from '../../contract/recipe.ts';
import type { LogoPlacement, PictureLayout, TextBlock } from '../../domain/compliance/layout.ts';
import { blendLayer, copyRaster } from './blend.ts';
import type { ButtonColours } from './choose-button.ts';
import { chooseButtonColours } from './choose-button.ts';
import type { Ground } from './choose-ground.ts';
import { chooseGround, CONTRAST_ROOM, isReadable, typeBoxes, veilRaster } from './choose-ground.ts';
import type { Box } from './draw-shapes.ts';
import { drawRoundedBox, drawShapes } from './draw-shapes.ts';
import type { FormatRules } from './format-rules.ts';
import { getFormatRules, kitScale } from './format-rules.ts';
import { surroundLetters } from './surround-letters.ts';
import type { KitContent } from './kit-content.ts';
import type { Anchor, LogoRoom, PlacedCopy, PlacedText } from './place-copy.ts';
import { listAnchors, measureCrowding, placeCopy } from './place-copy.ts';
import type { DrawnLogo } from './place-logo.ts';
import { chooseLogo, meanInk, measureFreeSpace, readInk, sizeLogo } from './place-logo.ts';
import type { Copy, SetCopy } from './set-copy.ts';
import { setCopy } from './set-copy.ts';
import { shapeTypeVeil } from './veil-shape.ts';

export const HEADLINE_STACK = { name: 'headline-stack', version: 1 } as const;

/** Where the logo may be at most this share of the width, so that a wide mark leaves room. */
const LOGO_SHARE = { stack: 0.62, side: 0.34, strip: 0.22 } as const;

/** Least room between logo and type as a share of the logo's height, whatever the kit asks for. */
const LOGO_AIR = 0.6;

export type TemplateInput = {
  readonly picture: Raster;
  readonly kit: BrandKit;
  readonly content: KitContent;
  readonly format: ChannelFormat;
  readonly copy: Copy;
  readonly aids: readonly CompositionAid[];
};
export type TemplateOutput = { readonly finished: Raster; readonly backdrop: Raster; readonly layout: PictureLayout };

/** What has to be readable by itself: the type as a whole, or every letter. */
function listReadable(placed: PlacedCopy, aids: readonly CompositionAid[]): (readonly Box[])[] {
  if (!aids.includes('veil')) return [typeBoxes(placed)];
  return [placed.headline, placed.body].flatMap((text) => (text ? surroundLetters(text) : []));
}

/** The veil under the type, as strong as the chosen ground says and stronger where the full-size picture asks for it. */
function layVeil(
  picture: Raster,
  { placed, ink, ground, veil }: Ground,
  target: number,
  aids: readonly CompositionAid[],
): Raster {
  const readable = listReadable(placed, aids);
  const shape = shapeTypeVeil(placed, picture.width, picture.height);
  for (let strength = veil; ; strength = strength < 0.5 ? 0.92 : 1) {
    const veiled = veilRaster(picture, ground, shape, strength);
    if (strength >= 1 || readable.every((boxes) => isReadable(veiled, boxes, ink, target))) return veiled;
  }
}

function drawText(picture: Raster, text: PlacedText, colour: string): void {
  for (const [index, box] of text.boxes.entries())
    drawShapes(picture, `<path fill="${colour}" d="${text.paths[index] ?? ''}"/>`, box);
}

function describeText(role: TextBlock['role'], placed: PlacedText, colour: string): TextBlock {
  const { text, fitted, face, minSizePx } = placed.set;
  return {
    role,
    text,
    colour,
    lines: fitted.lines,
    boxes: placed.boxes,
    letters: placed.letters,
    sizePx: fitted.sizePx,
    minSizePx,
    fitRatio: fitted.fitsMinimum ? Math.max(1, fitted.sizePx / minSizePx) : fitted.sizePx / minSizePx,
    unsettable: face.findUnsettable(text),
  };
}

async function drawLogos({ content, format }: TemplateInput): Promise<{ variants: DrawnLogo[]; room: LogoRoom }> {
  const rules = getFormatRules(format);
  const maxWidth = format.width * LOGO_SHARE[rules.arrangement];
  const variants: DrawnLogo[] = [];
  for (const logo of content.logos) {
    const size = sizeLogo(logo.aspect, logo.spec.minWidthPx * kitScale(format), rules, maxWidth);
    variants.push({ logo, raster: await logo.render(size.width) });
  }
  const room = {
    width: Math.max(0, ...variants.map(({ raster }) => raster.width)),
    height: Math.max(0, ...variants.map(({ raster }) => raster.height)),
    clear: Math.max(0, ...variants.map(({ logo, raster }) => Math.max(logo.spec.clearSpace, LOGO_AIR) * raster.height)),
  };
  return { variants, room };
}

function describeLogo(
  drawn: DrawnLogo,
  spot: { x: number; y: number },
  placed: PlacedCopy,
  format: ChannelFormat,
): LogoPlacement {
  const box = { ...spot, width: drawn.raster.width, height: drawn.raster.height };
  const { spec } = drawn.logo;
  return {
    name: spec.name,
    file: spec.file,
    box,
    ink: readInk(drawn.raster),
    minWidthPx: spec.minWidthPx * kitScale(format),
    clearSpacePx: spec.clearSpace * box.height,
    freeSpacePx: measureFreeSpace(box, [...typeBoxes(placed), ...(placed.button ? [placed.button] : [])], format),
  };
}

function setButton(backdrop: Raster, kit: BrandKit, { button }: PlacedCopy): ButtonColours | null {
  if (!button) return null;
  const colours = chooseButtonColours(kit, backdrop, button);
  drawRoundedBox(backdrop, button, button.height / 2, colours.fill);
  return colours;
}

function describeLayout(ground: Ground, colours: ButtonColours | null, logo: LogoPlacement | null): PictureLayout {
  const { headline, body, label } = ground.placed;
  return {
    texts: [
      ...(headline ? [describeText('headline', headline, ground.ink)] : []),
      ...(body ? [describeText('body', body, ground.ink)] : []),
      ...(label && colours ? [describeText('callToAction', label, colours.label)] : []),
    ],
    logo,
  };
}

/** Rounds in which a headline gives way to what it crowds; each takes what was too much. */
const MAX_ROUNDS = 6;

/** Places the copy at an anchor; where it would run into the logo or over the edge, the headline is set smaller. */
function fitPlacement(
  input: TemplateInput,
  first: SetCopy,
  anchor: Anchor,
  onPanel: boolean,
  room: LogoRoom,
): PlacedCopy {
  const { copy, kit, content, format } = input;
  let rules: FormatRules = getFormatRules(format);
  let placed = placeCopy(first, rules, format, anchor, onPanel, room);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const crowding = measureCrowding(placed, rules, format, room);
    if (crowding <= 0) break;
    const usedHeight = placed.headline?.set.fitted.height ?? 0;
    rules = { ...rules, headline: { ...rules.headline, height: Math.max(1, usedHeight - crowding) } };
    placed = placeCopy(setCopy(copy, kit, content, rules, format), rules, format, anchor, onPanel, room);
  }
  return placed;
}

function choosePlacement(input: TemplateInput, room: LogoRoom, variants: readonly DrawnLogo[]): Ground {
  const { picture, kit, content, format, copy, aids } = input;
  const rules = getFormatRules(format);
  const set = setCopy(copy, kit, content, rules, format);
  const placements = listAnchors(rules).flatMap((anchor) =>
    [false, true].map((onPanel) => fitPlacement(input, set, anchor, onPanel, room)),
  );
  const allowed = aids.includes('panel') ? placements.filter(({ panel }) => panel !== null) : placements;
  return chooseGround(picture, allowed, kit, variants.map(meanInk));
}

/** Sets the logo, on a chip of brand colour where the ground is no good, and describes where it stands. */
function setLogo(
  backdrop: Raster,
  { placed, ground }: Ground,
  variants: readonly DrawnLogo[],
  room: LogoRoom,
  { kit, format, aids }: TemplateInput,
): { drawn: DrawnLogo; placement: LogoPlacement } | null {
  const spots = variants.map((drawn) => {
    const x = placed.logo.x + (placed.logo.side === 'end' ? room.width - drawn.raster.width : 0);
    const y = placed.logo.y + Math.round((room.height - drawn.raster.height) / 2);
    return { drawn, placement: describeLogo(drawn, { x, y }, placed, format) };
  });
  const choice = chooseLogo(backdrop, spots, kit, ground, aids.includes('chip'));
  if (choice?.chip) drawRoundedBox(backdrop, choice.chip.box, choice.chip.radius, choice.chip.colour);
  return choice?.spot ?? null;
}

/** Headline, body, call to action and logo over a picture that has the format's size already. The same input gives the same pixels. */
export async function layOutHeadlineStack(input: TemplateInput): Promise<TemplateOutput> {
  const { picture, kit } = input;
  const { variants, room } = await drawLogos(input);
  const ground = choosePlacement(input, room, variants);
  const { placed } = ground;
  const backdrop = layVeil(picture, ground, kit.thresholds.contrast * CONTRAST_ROOM, input.aids);
  const logo = setLogo(backdrop, ground, variants, room, input);
  const colours = setButton(backdrop, kit, placed);
  const finished = copyRaster(backdrop);
  if (placed.headline) drawText(finished, placed.headline, ground.ink);
  if (placed.body) drawText(finished, placed.body, ground.ink);
  if (placed.label && colours) drawText(finished, placed.label, colours.label);
  if (logo) blendLayer(finished, logo.drawn.raster, logo.placement.box.x, logo.placement.box.y);
  return { finished, backdrop, layout: describeLayout(ground, colours, logo?.placement ?? null) };
}
