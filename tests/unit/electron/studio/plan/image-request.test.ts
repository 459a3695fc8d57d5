import { describe, expect, it } from 'vitest';
import type { ModelInfo } from '../../../../../electron/contract/engine-protocol.ts';
import { brandVersionIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { buildImageJob, buildRecipe } from '../../../../../electron/studio/plan/image-request.ts';
import { makeKit } from '../../../../support/library-fixtures.ts';
import { getChannelFormat } from '../../../../../electron/domain/production/channel-formats.ts';

const kit = makeKit();
const named = { ...kit, style: { ...kit.style, loras: [{ name: 'loras/grain', hash: '', weight: 0.6 }] } };
const model: ModelInfo = {
  name: 'base',
  hash: 'a'.repeat(64),
  family: 'StableDiffusionPipeline',
  sizeBytes: 1,
  device: 'cpu',
  engineBuild: 'pipeline',
  image: { steps: 20, guidance: 7, scheduler: 'ddim', sizes: [[512, 512]], sizeMultiple: 8 },
  contextTokens: null,
};

function makeRecipe(info: ModelInfo) {
  const job = buildImageJob({
    imagePrompt: 'waves',
    kit: named,
    format: getChannelFormat('square-post'),
    seed: 7,
    model: info,
  });
  const picture = { width: 512, height: 512, template: { name: 'plain', version: 1 } };
  const texts = { headline: '', body: '', callToAction: '' };
  const brandVersionId = brandVersionIdSchema.parse('0'.repeat(26));
  return { job, recipe: buildRecipe({ job, model: info, brandVersionId, picture, logo: null, texts }) };
}

describe('the LoRAs of a brand', () => {
  it('stand in job and recipe with the hash of the file that was merged', () => {
    const hash = 'b'.repeat(64);
    const loras = [{ name: 'loras/grain', hash, weight: 0.6, matched: 120, unmatched: 1, examples: ['x'] }];
    const { job, recipe } = makeRecipe({ ...model, loras });
    expect(job.loras).toEqual([{ name: 'loras/grain', hash, weight: 0.6 }]);
    expect(recipe.loras).toEqual(job.loras);
  });

  it('are asked for as the kit names them where the engine does not say', () => {
    expect(makeRecipe(model).job.loras).toEqual(named.style.loras);
  });
});
