import { readFile } from 'node:fs/promises';
import { brandVersionIdSchema } from '../../electron/contract/identifiers.ts';
import { listKitFiles, parseKit } from '../../electron/domain/brand/parse-kit.ts';
import type { ComposedPixels } from '../../electron/domain/compliance/layout.ts';
import { measureCompliance } from '../../electron/domain/compliance/measure-compliance.ts';
import { getChannelFormat } from '../../electron/domain/production/channel-formats.ts';
import { composePicture } from '../../electron/studio/compose/compose-picture.ts';
import type { BenchOptions } from './bench.ts';

const folder = new URL('../../examples/lumen-oat/', import.meta.url);
const EDGE_PX = 1024;

/** A noisy gradient, so that many colours occur, as in a generated picture. */
function paint(edge: number): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(edge * edge * 3);
  let state = 1;
  for (let pixel = 0; pixel < edge * edge; pixel++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const noise = (state >>> 24) / 16;
    const share = ((pixel % edge) + pixel / edge) / (2 * edge);
    rgb[pixel * 3] = 230 - share * 180 + noise;
    rgb[pixel * 3 + 1] = 220 - share * 140 + noise;
    rgb[pixel * 3 + 2] = 210 + share * 20 + noise;
  }
  return rgb;
}

async function composeSample(): Promise<{ kit: ReturnType<typeof parseKit>; pixels: ComposedPixels }> {
  const kit = parseKit(new Uint8Array(await readFile(new URL('brand.json', folder))), 'brand.json');
  const files = new Map<string, Uint8Array>();
  for (const { file } of listKitFiles(kit)) files.set(file, new Uint8Array(await readFile(new URL(file, folder))));
  const { pixels } = await composePicture({
    image: { width: EDGE_PX, height: EDGE_PX, rgb: paint(EDGE_PX) },
    kit,
    files,
    format: { ...getChannelFormat('square-post'), width: EDGE_PX, height: EDGE_PX },
    headline: 'The bottle comes back',
    body: 'Lumen Oat is made from Baltic oats. The glass goes back to any shop.',
    callToAction: 'Try the first bottle',
  });
  return { kit, pixels };
}

/** Reports per second and core over decoded pictures of 1024 px, all six checks together. Counts processor time, so other work on the machine does not show. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const { kit, pixels } = await composeSample();
  const format = { ...getChannelFormat('square-post'), width: EDGE_PX, height: EDGE_PX };
  const brandVersionId = brandVersionIdSchema.parse('00000000000000000000000001');
  const measure = () => measureCompliance({ pixels, kit, format, brandVersionId, measuredAtMs: 0 });
  const images = small ? 10 : 300;
  for (let warm = 0; warm < (small ? 2 : 20); warm++) measure();
  const began = process.cpuUsage();
  for (let image = 0; image < images; image++) {
    measure();
    if ((image + 1) % 100 === 0) options.progress(`${image + 1} of ${images} reports`);
  }
  const { user, system } = process.cpuUsage(began);
  return {
    imagesPerSecondPerCore: Math.round((images / ((user + system) / 1e6)) * 10) / 10,
    images,
    edgePx: EDGE_PX,
    checks: measure().checks.length,
    recall: null,
    falseAlarms: null,
    why: { recall: 'there is no labelled set yet', falseAlarms: 'there is no labelled set yet' },
  };
}
