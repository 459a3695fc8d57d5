import type { BrandKit } from '../../contract/brand.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { FormatRules } from './format-rules.ts';
import { kitScale } from './format-rules.ts';
import type { FittedText } from './fit-text.ts';
import { fitText, tidyCopy } from './fit-text.ts';
import type { KitContent } from './kit-content.ts';
import type { Typeface } from '../../readers/load-font.ts';

export type Copy = { readonly headline: string; readonly body: string; readonly callToAction: string };

/** A text with its face and its size, not yet placed. */
export type SetText = {
  readonly text: string;
  readonly face: Typeface;
  readonly fitted: FittedText;
  readonly minSizePx: number;
  readonly leading: number;
  readonly tracking: number;
};

/** The copy of a picture, set; what is empty is null. */
export type SetCopy = {
  readonly headline: SetText | null;
  readonly body: SetText | null;
  readonly label: SetText | null;
};

export const HEADLINE_LEADING = 1.02;
export const HEADLINE_TRACKING = -0.022;
const BODY_LEADING = 1.42;
const LABEL_TRACKING = 0.004;
/** Room left and right of the label, and the height of its button, as shares of the label's size. */
export const LABEL_PADDING = 1.15;
export const BUTTON_HEIGHT = 2.5;
/** Widest label of a strip, whose headline needs the room. */
const STRIP_LABEL_SHARE = 0.2;

type Place = { readonly width: number; readonly height: number; readonly lines: number };

function setText(
  text: string,
  face: Typeface,
  sizePx: number,
  minSizePx: number,
  place: Place,
  leading: number,
  tracking: number,
): SetText | null {
  const tidy = tidyCopy(text);
  if (tidy === '') return null;
  const fitted = fitText(tidy, face, {
    maxWidth: place.width,
    maxHeight: place.height,
    maxLines: place.lines,
    maxSizePx: Math.max(sizePx, minSizePx),
    minSizePx,
    leading,
    tracking,
  });
  return { text: tidy, face, fitted, minSizePx, leading, tracking };
}

/** Sets the three texts for a format: the headline as large as it may be, the body and the label at their own size or smaller. */
export function setCopy(
  copy: Copy,
  kit: BrandKit,
  content: KitContent,
  rules: FormatRules,
  format: ChannelFormat,
): SetCopy {
  const scale = kitScale(format);
  const headlineMin = kit.type.headline.minSizePx * scale;
  const bodyMin = kit.type.body.minSizePx * scale;
  const labelWidth =
    rules.arrangement === 'strip'
      ? format.width * STRIP_LABEL_SHARE
      : rules.headline.width - 2 * LABEL_PADDING * rules.labelPx;
  return {
    headline: setText(
      copy.headline,
      content.headlineFace,
      rules.headline.maxSizePx,
      headlineMin,
      rules.headline,
      HEADLINE_LEADING,
      HEADLINE_TRACKING,
    ),
    body:
      rules.body === null
        ? null
        : setText(copy.body, content.bodyFace, rules.body.sizePx, bodyMin, rules.body, BODY_LEADING, 0),
    label: setText(
      copy.callToAction,
      content.bodyFace,
      rules.labelPx,
      bodyMin,
      { width: labelWidth, height: rules.labelPx * 2, lines: 1 },
      1,
      LABEL_TRACKING,
    ),
  };
}
