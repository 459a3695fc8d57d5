import { watchParent } from './parent-watch.ts';
import { serveEngine, type EngineBackend } from './serve-engine.ts';

/** Process entry: `node engine.ts image|text|vision`. Descriptor 3 is the studio. Only the asked-for native package is loaded. */
async function loadBackend(kind: string | undefined): Promise<void> {
  if (kind === 'image') serveEngine(kind, await createImage());
  else if (kind === 'text') serveEngine(kind, await createText());
  else if (kind === 'vision') serveEngine(kind, await createVision());
  else if (kind === 'weights') await (await import('./weight-task.ts')).runWeightTask(process.argv[3] ?? '');
  else throw new Error('say which engine: image, text or vision');
}

async function createImage(): Promise<EngineBackend> {
  const { createImageBackend } = await import('../image/image-backend.ts');
  return createImageBackend();
}

async function createText(): Promise<EngineBackend> {
  const { createTextBackend } = await import('../text/text-backend.ts');
  return createTextBackend();
}

async function createVision(): Promise<EngineBackend> {
  const { createVisionBackend } = await import('../vision/vision-backend.ts');
  return createVisionBackend();
}

watchParent();
await loadBackend(process.argv[2]);
