import { composeLegalLine } from '../../../domain/brand/policy.ts';
import { measureCompliance } from '../../../domain/compliance/measure-compliance.ts';
import { fingerprintPicture } from '../../../domain/compliance/sameness-check.ts';
import { encodePng } from '../compose-picture.ts';
import { composeToBrand } from '../compose-to-brand.ts';
import { answerQuestions } from '../../threads/worker-thread.ts';
import type { FinishedPicture, FinishInput } from './picture-finisher.ts';

// Entry of the thread that sets type and logo and measures the result.

async function finishPicture(input: FinishInput): Promise<FinishedPicture> {
  const {
    raster,
    brandVersionId,
    kit,
    files,
    format,
    headline,
    body,
    callToAction,
    forbiddenTerms,
    requiredTerms,
    measuredAtMs,
  } = input;
  const { composed, report } = await composeToBrand(
    {
      image: raster,
      kit,
      files,
      format,
      headline,
      body,
      callToAction,
      legal: composeLegalLine(requiredTerms, [headline, body, callToAction]),
    },
    ({ pixels, png }) =>
      measureCompliance({
        pixels,
        kit,
        format,
        brandVersionId,
        forbiddenTerms,
        requiredTerms,
        measuredAtMs,
        file: { bytes: png.length, madeAt: raster },
      }),
    input.spareTemplates,
  );
  const { pixels: _pixels, ...picture } = composed;
  const art = input.artIsKept === true ? {} : { art: await encodePng(raster) };
  return { ...picture, ...art, report, fingerprint: fingerprintPicture(raster) };
}

answerQuestions('finisher', finishPicture);
