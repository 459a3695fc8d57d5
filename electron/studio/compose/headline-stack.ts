import type { BrandKit } from '../../contract/brand.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { ChannelFormat } from '../../contract/plan.ts';
import type { LogoPlacement, PictureLayout, TextBlock } from '../../domain/compliance/layout.ts';
import { blendLayer, copyRaster } from './blend.ts';
import type { ButtonColours } from './choose-button.ts';
import { chooseButtonColours } from './choose-button.ts';
import type { Ground } from './choose-ground.ts';
import { chooseGround, CONTRAST_ROOM, isReadable, typeBoxes, veilRaster } from './choose-ground.ts';
import { getFormatRules, kitScale } from './format-rules.ts';
import type { KitContent } from './kit-content.ts';
import type { Button, PlacedCopy, PlacedText } from './place-copy.ts';
import { listAnchors, placeCopy } from './place-copy.ts';
import type { DrawnLogo, LogoSize } from './place-logo.ts';
import { chooseLogo, meanInk, readInk, sizeLogo } from './place-logo.ts';
import { renderSvg } from './render-svg.ts';
import type { Copy, SetCopy } from './set-copy.ts';
import { setCopy } from './set-copy.ts';
import { shapeTypeVeil } from './veil-shape.ts';

export const HEADLINE_STACK = { name: 'headline-stack', version: 1 } as const;

/** Where the logo may be at most this share of the width, so that a wide mark leaves room. */
const LOGO_SHARE = { stack: 0.62, side: 0.34, strip: 0.22 } as const;

export type TemplateInput = {
  readonly picture: Raster;
  readonly kit: BrandKit;
  readonly content: KitContent;
  readonly format: ChannelFormat;
  readonly copy: Copy;
};
export type TemplateOutput = { readonly finished: Raster; readonly backdrop: Raster; readonly layout: PictureLayout };

/** The veil under the type, as strong as the chosen ground says and stronger where the full-size picture asks for it. */
function layVeil(picture: Raster, { placed, ink, ground, veil }: Ground, target: number): Raster {
  const shape = shapeTypeVeil(placed, picture.width, picture.height);
  for (let strength = veil; ; strength = strength < 0.5 ? 0.92 : 1) {
    const veiled = veilRaster(picture, ground, shape, strength);
    if (strength >= 1 || isReadable(veiled, typeBoxes(placed), ink, target)) return veiled;
  }
}

const round2 = (value: number) => Math.round(value * 100) / 100;

/** Draws shapes into a layer just as large as they are, and lays it over the picture. */
function drawShapes(
  picture: Raster,
  shapes: string,
  area: { x: number; y: number; width: number; height: number },
): void {
  const left = Math.floor(area.x) - 2;
  const top = Math.floor(area.y) - 2;
  const width = Math.ceil(area.x + area.width) + 2 - left;
  const height = Math.ceil(area.y + area.height) + 2 - top;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">${shapes}</svg>`;
  blendLayer(picture, renderSvg(svg), left, top);
}

function drawButton(picture: Raster, button: Button, { fill }: ButtonColours): void {
  const { x, y, width, height } = button;
  drawShapes(
    picture,
    `<rect x="${round2(x)}" y="${round2(y)}" width="${width}" height="${height}" rx="${height / 2}" fill="${fill}"/>`,
    button,
  );
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
    sizePx: fitted.sizePx,
    minSizePx,
    fitRatio: fitted.fitsMinimum ? Math.max(1, fitted.sizePx / minSizePx) : fitted.sizePx / minSizePx,
    unsettable: face.findUnsettable(text),
  };
}

/** Smallest distance from the logo to anything else: the type, the button and the edges of the picture. */
function measureFreeSpace(
  box: { x: number; y: number; width: number; height: number },
  placed: PlacedCopy,
  format: ChannelFormat,
): number {
  const others = [...typeBoxes(placed), ...(placed.button ? [placed.button] : [])];
  const gaps = others.map((other) =>
    Math.max(
      other.x - box.x - box.width,
      box.x - other.x - other.width,
      other.y - box.y - box.height,
      box.y - other.y - other.height,
    ),
  );
  return Math.min(box.x, box.y, format.width - box.x - box.width, format.height - box.y - box.height, ...gaps);
}

async function drawLogos({
  kit,
  content,
  format,
}: TemplateInput): Promise<{ variants: DrawnLogo[]; largest: LogoSize }> {
  const rules = getFormatRules(format.id);
  const maxWidth = format.width * LOGO_SHARE[rules.arrangement];
  const variants: DrawnLogo[] = [];
  for (const logo of content.logos) {
    const size = sizeLogo(logo.aspect, logo.spec.minWidthPx * kitScale(format), rules, maxWidth);
    variants.push({ logo, raster: await logo.render(size.width) });
  }
  const largest = {
    width: Math.max(0, ...variants.map(({ raster }) => raster.width)),
    height: Math.max(0, ...variants.map(({ raster }) => raster.height)),
  };
  return { variants, largest: kit.logos.length === 0 ? { width: 0, height: 0 } : largest };
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
    freeSpacePx: measureFreeSpace(box, placed, format),
  };
}

function setButton(backdrop: Raster, kit: BrandKit, { button }: PlacedCopy): ButtonColours | null {
  if (!button) return null;
  const colours = chooseButtonColours(kit, backdrop, button);
  drawButton(backdrop, button, colours);
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

function choosePlacement(
  input: TemplateInput,
  set: SetCopy,
  largest: LogoSize,
  variants: readonly DrawnLogo[],
): Ground {
  const { picture, kit, format } = input;
  const rules = getFormatRules(format.id);
  return chooseGround(
    picture,
    listAnchors(rules).flatMap((anchor) =>
      [false, true].map((onPanel) => placeCopy(set, rules, format, anchor, onPanel, largest)),
    ),
    kit,
    variants.map(meanInk),
  );
}

/** Headline, body, call to action and logo over a picture that has the format's size already. The same input gives the same pixels. */
export async function layOutHeadlineStack(input: TemplateInput): Promise<TemplateOutput> {
  const { picture, kit, content, format, copy } = input;
  const set = setCopy(copy, kit, content, getFormatRules(format.id), format);
  const { variants, largest } = await drawLogos(input);
  const ground = choosePlacement(input, set, largest, variants);
  const { placed } = ground;
  const veiled = layVeil(picture, ground, kit.thresholds.contrast * CONTRAST_ROOM);
  const spotOf = ({ raster }: DrawnLogo) => ({
    x: placed.logo.x + (placed.logo.side === 'end' ? largest.width - raster.width : 0),
    y: placed.logo.y + Math.round((largest.height - raster.height) / 2),
  });
  const choice = chooseLogo(veiled, variants, spotOf, kit, ground.ground);
  const backdrop = choice?.backdrop ?? veiled;
  const colours = setButton(backdrop, kit, placed);
  const finished = copyRaster(backdrop);
  if (placed.headline) drawText(finished, placed.headline, ground.ink);
  if (placed.body) drawText(finished, placed.body, ground.ink);
  if (placed.label && colours) drawText(finished, placed.label, colours.label);
  const spot = choice && spotOf(choice.drawn);
  if (choice && spot) blendLayer(finished, choice.drawn.raster, spot.x, spot.y);
  const logo = choice && spot ? describeLogo(choice.drawn, spot, placed, format) : null;
  return { finished, backdrop, layout: describeLayout(ground, colours, logo) };
}
