import { parentPort } from 'node:worker_threads';
import { isStudioError, StudioError } from '../../contract/errors.ts';
import { measureCompliance } from '../../domain/compliance/measure-compliance.ts';
import { fingerprintPicture } from '../../domain/compliance/sameness-check.ts';
import { findForbiddenTerms } from '../../domain/ideation/forbidden-terms.ts';
import { getChannelFormat } from '../../domain/production/channel-formats.ts';
import { composePicture, encodePng } from '../compose/compose-picture.ts';
import type { FinishedPicture, FinishInput, FinishReply } from './picture-finisher.ts';

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
  const texts = [headline, body, callToAction];
  const format = getChannelFormat(formatId);
  const { pixels, ...picture } = await composePicture({
    image: raster,
    kit,
    files,
    format,
    headline,
    body,
    callToAction,
    legal: requiredTerms.filter((line) => findForbiddenTerms(texts, [line]).length === 0).join(' '),
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

async function answer(id: number, input: FinishInput): Promise<FinishReply> {
  try {
    return { id, picture: await finishPicture(input) };
  } catch (error) {
    if (isStudioError(error)) return { id, error: error.toRecord() };
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, error: new StudioError('internal.unexpected', reason, { logId: 'finisher' }).toRecord() };
  }
}

// One picture after the other: two at once would only take turns on this thread.
let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', ({ id, input }: { id: number; input: FinishInput }) => {
  turn = turn.then(async () => parentPort?.postMessage(await answer(id, input)));
});
