import type { ComplianceInput } from '../../../electron/domain/compliance/measure-compliance.ts';
import { composeSample, REQUIRED_TERM } from './sample.ts';
import type { Copy, Sample } from './sample.ts';
import { copyOf, pixelAt, pixelsOf, setPixel } from './pixels.ts';
import type { Violation } from './violation.ts';

const forbidden = ['miracle', 'GUILT-FREE', 'Milk  Alternative'] as const;
const voices = [
  'Wow! Try it! ',
  'This EXTREMELY AMAZING drink. ',
  // Long enough that the plain text after it does not bring the whole back under the kit's reading level.
  'Internationally standardised sustainability infrastructure considerations necessitate comprehensive organisational transformation, multidimensional interdisciplinary communication architectures institutionalise transnational responsibilities. ',
] as const;

/** The same text with a word that the brand rules out, without its required line, or in another voice. */
export const breakCopy =
  (kind: 'terms' | 'required-terms' | 'voice'): Violation =>
  async (sample, level, random) => {
    const { copy, input } = sample;
    if (kind === 'required-terms')
      return input.requiredTerms?.length ? withTexts(input, (text) => text.replace(REQUIRED_TERM, '')) : null;
    if (kind === 'voice')
      return input.pixels.layout.texts.length < 2
        ? null
        : withTexts(input, (text, index) => (index === 0 ? text : `${voices[level]}${text}`));
    const term = forbidden[level];
    const texts: (keyof Copy)[] = ['headline', 'body', 'callToAction'];
    const key = random.pick(texts.filter((name) => input.pixels.layout.texts.some(({ text }) => text === copy[name])));
    const changed = { ...copy, [key]: `${copy[key]} ${term}` };
    const { input: composed } = await composeSample({ ...sample, copy: changed });
    return { ...composed, forbiddenTerms: ['guilt-free', 'miracle', 'milk alternative'] };
  };

/** The copy is judged as it was written; drawing it again would change nothing for these checks. */
function withTexts(input: ComplianceInput, change: (text: string, index: number) => string): ComplianceInput {
  const { layout } = input.pixels;
  const texts = layout.texts.map((text, index) => ({ ...text, text: change(text.text, index) }));
  return { ...input, pixels: { ...input.pixels, layout: { ...layout, texts } } };
}

/** Type that the kit wants larger than there is room, signs that neither the kit's fonts nor the spare ones have, and lines that run over the edge. */
export const breakTextFit: Violation = async (sample, level, random) => {
  const { kit, input, format } = sample;
  const kind = random.pick(['small', 'signs', 'edge'] as const);
  if (kind === 'signs') {
    const headline = `${sample.copy.headline} ${['日本', '𒀭', '𓀀𓀁'][level] ?? '日本'}`;
    return (await composeSample({ ...sample, copy: { ...sample.copy, headline } })).input;
  }
  if (kind === 'small') {
    const share = [0.3, 0.34, 0.38][level] ?? 0.38;
    const minSizePx = Math.max(320, Math.round(Math.min(format.width, format.height) * share));
    const large = { ...kit, type: { ...kit.type, headline: { ...kit.type.headline, minSizePx } } };
    const composed = await composeSample({ ...sample, kit: large });
    // A limit is never more than a format has room for, so that a narrow one takes the words at any size.
    const fits = composed.input.pixels.layout.texts.every(({ sizePx, minSizePx: least }) => sizePx >= least);
    return fits ? null : { ...composed.input, kit };
  }
  return moveOverEdge(input, [0.05, 0.2, 0.5][level] ?? 0.5);
};

/** The first line of the headline, with its pixels, moved so that a share of it is cut off. */
function moveOverEdge(input: ComplianceInput, share: number): ComplianceInput | null {
  const { finished, backdrop, layout } = input.pixels;
  const [text, ...others] = layout.texts;
  const [box, ...lines] = text?.boxes ?? [];
  if (!text || !box) return null;
  const moved = Math.round(finished.width - (box.x + box.width * (1 - share)));
  const altered = copyOf(finished);
  for (const [x, y] of pixelsOf(finished, box)) setPixel(altered, x, y, pixelAt(backdrop, x, y));
  for (const [x, y] of pixelsOf(finished, box)) {
    const colour = pixelAt(finished, x, y);
    if (colour.some((value, channel) => value !== pixelAt(backdrop, x, y)[channel]))
      setPixel(altered, x + moved, y, colour);
  }
  const boxes = [{ ...box, x: box.x + moved }, ...lines];
  return {
    ...input,
    pixels: { finished: altered, backdrop, layout: { ...layout, texts: [{ ...text, boxes }, ...others] } },
  };
}

/** A file of another size than the channel takes, too heavy for it, or blown up from too little. */
export const breakFormat: Violation = async (sample: Sample, level, random) => {
  const { input, format } = sample;
  const kind = random.pick(['size', 'bytes', 'enlarged'] as const);
  const { finished } = input.pixels;
  if (kind === 'bytes')
    return { ...input, file: { bytes: Math.ceil(format.maxBytes * ([1.01, 1.2, 5][level] ?? 5)), madeAt: null } };
  if (kind === 'enlarged') {
    const factor = sample.kit.thresholds.enlargement * ([1.1, 2, 4][level] ?? 4);
    const madeAt = { width: Math.floor(format.width / factor), height: Math.floor(format.height / factor) };
    return { ...input, file: { bytes: null, madeAt } };
  }
  const width = finished.width - ([1, 40, 300][level] ?? 1);
  const rgb = new Uint8Array(width * finished.height * 3);
  for (let y = 0; y < finished.height; y++)
    rgb.set(finished.rgb.subarray(y * finished.width * 3, (y * finished.width + width) * 3), y * width * 3);
  return { ...input, delivered: { width, height: finished.height, rgb } };
};
