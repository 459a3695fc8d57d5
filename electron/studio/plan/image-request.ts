import type { BrandKit } from '../../contract/brand.ts';
import type { ImageJob, ModelInfo } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { BrandVersionId, ObjectHash } from '../../contract/identifiers.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { buildImagePrompt, buildPaletteGuidance } from '../../domain/brand/palette.ts';
import { chooseGenerationSize } from '../../domain/production/generation-size.ts';
import type { FinishedPicture } from '../compose/finishing/picture-finisher.ts';

/** Pages see the picture form about six times. */
const PREVIEWS = 6;

export type ImageRequestInput = {
  readonly imagePrompt: string;
  readonly kit: BrandKit;
  readonly format: ChannelFormat;
  readonly seed: number;
  readonly model: ModelInfo;
};

/** What the image engine is asked for: the concept's picture, in the brand's words and colours, with the settings the model suggests. */
export function buildImageJob({ imagePrompt, kit, format, seed, model }: ImageRequestInput): ImageJob {
  if (model.image === null)
    throw new StudioError('model.wrongKind', `The model "${model.name}" makes no images.`, {
      model: model.name,
      found: model.family,
      wanted: 'image',
    });
  const { steps, guidance, scheduler } = model.image;
  return {
    kind: 'image',
    ...buildImagePrompt(imagePrompt, kit, seed),
    ...chooseGenerationSize(format, model.image),
    steps,
    guidance,
    scheduler,
    seed,
    // With the hashes of the files that were really merged.
    loras: model.loras?.map(({ name, hash, weight }) => ({ name, hash, weight })) ?? kit.style.loras,
    paletteGuidance: buildPaletteGuidance(kit),
    previewEvery: Math.max(1, Math.ceil(steps / PREVIEWS)),
  };
}

/** What was set over the art. */
export type Composition = {
  readonly picture: Pick<FinishedPicture, 'width' | 'height' | 'template'>;
  readonly logo: ObjectHash | null;
  readonly texts: { readonly headline: string; readonly body: string; readonly callToAction: string };
};

export type RecipeInput = Composition & {
  readonly job: ImageJob;
  readonly model: ModelInfo;
  readonly brandVersionId: BrandVersionId;
};

/** Everything that is needed to make the same picture again. */
export function buildRecipe({ job, model, brandVersionId, ...composition }: RecipeInput): Recipe {
  const { prompt, negativePrompt, seed, scheduler, steps, guidance, width, height, loras, paletteGuidance } = job;
  const { source } = job;
  return {
    version: 1,
    engineBuild: model.engineBuild,
    model: { name: model.name, hash: model.hash },
    loras,
    prompt,
    negativePrompt,
    seed,
    scheduler,
    steps,
    guidance,
    width,
    height,
    paletteGuidance,
    ...(source && { source: { hash: source.hash, strength: source.strength, mask: source.mask } }),
    brandVersionId,
    template: describeComposition(composition),
  };
}

/** The recipe's part about type and logo. */
export function describeComposition({ picture, logo, texts }: Composition): NonNullable<Recipe['template']> {
  return { ...picture.template, outputWidth: picture.width, outputHeight: picture.height, ...texts, logo };
}
