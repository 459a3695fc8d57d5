import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { DeviceName } from '../../../../electron/contract/devices.ts';
import { openImageModel } from '../../../../native-models/image/image-model.ts';
import { PictureMaker } from '../../../../native-models/image/make-picture.ts';
import { makeImageJob } from '../../../support/fake-engine/make-jobs.ts';

const FOLDER = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline', import.meta.url));
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';
const hasSwiftShader =
  existsSync(SWIFTSHADER) &&
  ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu'].some((path) => existsSync(join(path, 'libvulkan.so.1')));

async function draw(device: DeviceName): Promise<Uint8Array> {
  const model = await openImageModel({
    name: 'tiny',
    folder: FOLDER,
    threads: 1,
    device,
    announceBusy: () => undefined,
  });
  const context = { signal: new AbortController().signal, reportProgress: () => undefined };
  const job = makeImageJob({ prompt: 'red dots', width: 64, height: 64, steps: 1, guidance: 1 });
  const { raster } = await new PictureMaker(model).make(job, context);
  await model.close();
  return raster.rgb;
}

describe('a picture on WebGPU', () => {
  it.skipIf(!hasSwiftShader)(
    `is the processor's, where Chromium's SwiftShader and libvulkan are installed`,
    { timeout: 240_000 },
    async () => {
      // The loader reads them when the first WebGPU session opens.
      process.env['VK_ICD_FILENAMES'] = SWIFTSHADER;
      process.env['XDG_RUNTIME_DIR'] ??= mkdtempSync(join(tmpdir(), 'housestyle-xdg-'));
      const [card, processor] = [await draw('webgpu'), await draw('cpu')];
      const worst = Math.max(...card.map((value, place) => Math.abs(value - (processor[place] ?? -1000))));
      expect(worst).toBeLessThanOrEqual(1);
      expect(new Set(card).size).toBeGreaterThan(50);
    },
  );
});
