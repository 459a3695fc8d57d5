import type { ImageJob, TextJob } from '../../../electron/contract/engine-protocol.ts';

export function makeImageJob(changes: Partial<ImageJob> = {}): ImageJob {
  return {
    kind: 'image',
    prompt: 'calm mesh gradient in navy and coral',
    negativePrompt: '',
    width: 64,
    height: 64,
    steps: 4,
    guidance: 3,
    scheduler: 'ddim',
    seed: 1,
    loras: [],
    paletteGuidance: null,
    previewEvery: 0,
    ...changes,
  };
}

export function makeTextJob(changes: Partial<TextJob> = {}): TextJob {
  return {
    kind: 'text',
    system: 'You are a brand strategist. Answer with one JSON object and nothing else.',
    user: 'Task: persona\nProduct: Lumen Oat',
    jsonSchema: null,
    maxTokens: 200,
    temperature: 0.7,
    topP: 0.9,
    seed: 1,
    ...changes,
  };
}
