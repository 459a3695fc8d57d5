import type { BrandKit } from '../../contract/brand.ts';
import type { LogoPlacement } from '../../domain/compliance/layout.ts';
import { measureCompliance } from '../../domain/compliance/measure-compliance.ts';
import { fingerprintPicture } from '../../domain/compliance/sameness-check.ts';
import { restateLayout } from '../../domain/compliance/restate-layout.ts';
import type { LogoInk } from '../../domain/compliance/restate-layout.ts';
import { composePicture } from '../compose/compose-picture.ts';
import { decodePicture } from '../compose/decode-picture.ts';
import { loadKitContent } from '../compose/kit-content.ts';
import { findTemplateEntry } from '../compose/template/load-template.ts';
import { answerQuestions } from '../threads/worker-thread.ts';
import type { PictureScore, ScoreInput } from './picture-scorer.ts';

// Entry of the thread that scores pictures again.

/** The wanted version's logo of the same name, drawn where the picture has its logo. Null when there is none, or one of another shape. */
async function drawWantedLogo(
  placed: LogoPlacement | null,
  kit: BrandKit,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<LogoInk | null> {
  if (placed === null) return null;
  const { logos } = await loadKitContent(kit, files);
  const logo =
    logos.find(({ spec }) => spec.name === placed.name) ?? logos.find(({ spec }) => spec.file === placed.file);
  if (!logo) return null;
  const { width, height, rgba } = await logo.render(placed.box.width);
  if (width !== placed.box.width || height !== placed.box.height) return null;
  const ink = new Uint8Array(width * height);
  for (let at = 0; at < ink.length; at++) ink[at] = rgba[at * 4 + 3] ?? 0;
  return { name: logo.spec.name, file: logo.spec.file, ink, spec: logo.spec };
}

/** Type and logo are set again over the same art, which tells where they stand; what is judged are the pixels of the file. */
async function scorePicture(input: ScoreInput): Promise<PictureScore> {
  const { art, made, wanted, format, headline, body, callToAction, legal } = input;
  const image = await decodePicture(art);
  const { pixels } = await composePicture({
    image,
    kit: { ...made.kit, template: findTemplateEntry(input.template.name, made.kit, made.files) },
    templateVersion: input.template.version,
    aids: input.template.aids ?? [],
    files: made.files,
    format,
    headline,
    body,
    callToAction,
    legal,
  });
  const ink = await drawWantedLogo(pixels.layout.logo, wanted.kit, wanted.files);
  const report = measureCompliance({
    pixels: { ...pixels, layout: restateLayout(pixels.layout, made.kit, wanted.kit, ink) },
    delivered: await decodePicture(input.delivered),
    kit: wanted.kit,
    format,
    brandVersionId: input.brandVersionId,
    forbiddenTerms: input.forbiddenTerms,
    requiredTerms: input.requiredTerms,
    file: { bytes: input.delivered.length, madeAt: image },
    measuredAtMs: input.measuredAtMs,
  });
  return { report, fingerprint: fingerprintPicture(image) };
}

answerQuestions('scorer', scorePicture);
