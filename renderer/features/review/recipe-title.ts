import { message } from '../../lib/messages/message.ts';

const titles = {
  prompt: 'review.recipe.prompt',
  negativePrompt: 'review.recipe.negativePrompt',
  seed: 'review.recipe.seed',
  scheduler: 'review.recipe.scheduler',
  steps: 'review.recipe.steps',
  guidance: 'review.recipe.guidance',
  size: 'review.recipe.size',
  model: 'review.recipe.model',
  paletteGuidance: 'review.recipe.paletteGuidance',
  palette: 'review.recipe.palette',
  template: 'review.recipe.template',
  aids: 'review.recipe.aids',
  outputSize: 'review.recipe.outputSize',
  headline: 'review.recipe.headline',
  body: 'review.recipe.body',
  callToAction: 'review.recipe.callToAction',
  logo: 'review.recipe.logo',
  brandVersion: 'review.recipe.brandVersion',
  engine: 'review.recipe.engine',
} as const;

function isTitled(key: string): key is keyof typeof titles {
  return Object.hasOwn(titles, key);
}

/** The words for a row of a recipe. A LoRA is called by its own name. */
export function recipeTitle(key: string): string {
  if (isTitled(key)) return message(titles[key]);
  return message('review.recipe.lora', { name: key.replace(/^lora:/, '') });
}
