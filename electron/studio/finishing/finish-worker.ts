import { composeLegalLine } from '../../domain/brand/policy.ts';
import { measureCompliance } from '../../domain/compliance/measure-compliance.ts';
import { fingerprintPicture } from '../../domain/compliance/sameness-check.ts';
import { getChannelFormat } from '../../domain/production/channel-formats.ts';
import { composePicture, encodePng } from '../compose/compose-picture.ts';
import { answerQuestions } from '../worker-thread.ts';
import type { FinishedPicture, FinishInput } from './picture-finisher.ts';

// Entry of the thread that sets type and logo and measures the result.

async function finishPicture(input: FinishInput): Promise<FinishedPicture> {
  const {
    raster,
    brandVersionId,
    kit,
    files,
    formatId,
    headline,
    body,
    callToAction,
    forbiddenTerms,
    requiredTerms,
    measuredAtMs,
  } = input;
  const format = getChannelFormat(formatId);
  const { pixels, ...picture } = await composePicture({
    image: raster,
    kit,
    files,
    format,
    headline,
    body,
    callToAction,
    legal: composeLegalLine(requiredTerms, [headline, body, callToAction]),
  });
  return {
    ...picture,
    art: await encodePng(raster),
    report: measureCompliance({
      pixels,
      kit,
      format,
      brandVersionId,
      forbiddenTerms,
      requiredTerms,
      measuredAtMs,
      file: { bytes: picture.png.length, madeAt: raster },
    }),
    fingerprint: fingerprintPicture(raster),
  };
}

answerQuestions('finisher', finishPicture);
