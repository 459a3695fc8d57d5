import './quiet-runtime.ts';
import { watchParent } from './parent-watch.ts';
import { serveEngine, type EngineBackend } from './serve-engine.ts';

/**
 * Process entry: `node engine.ts image|text|vision`. Descriptor 3 is the studio. Only the asked-for native package is loaded.
 * `node engine.ts devices` instead tries what this machine could run networks on and prints it.
 */
async function loadBackend(kind: string | undefined): Promise<void> {
  if (kind === 'image') serveEngine(kind, await createImage());
  else if (kind === 'text') serveEngine(kind, await createText());
  else if (kind === 'vision') serveEngine(kind, await createVision());
  else if (kind === 'weights') await (await import('./weight-task.ts')).runWeightTask(process.argv[3] ?? '');
  else if (kind === 'devices') await printDeviceReports();
  else throw new Error('say which engine: image, text or vision, or devices');
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

/** `devices [name] [threads]`. */
async function printDeviceReports(): Promise<void> {
  const { printDevices } = await import('../image/devices/try-devices.ts');
  const [name, threads] = process.argv.slice(3);
  await printDevices(name === 'all' ? undefined : name, Math.max(1, Number(threads ?? 1)));
}

watchParent();
await loadBackend(process.argv[2]);
