import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { root } from '../../project.ts';

const FOLDER = join(root, 'tests/support/starter-pack');

const shownSchema = z.object({
  text: z.string(),
  family: z.string(),
  style: z.string(),
  composition: z.string(),
  mood: z.string(),
  colours: z.array(z.string()),
});
const sheetSchema = z.object({ edge: z.int(), columns: z.int(), pictures: z.array(shownSchema) });
const briefSchema = z.object({
  product: z.string(),
  what: z.string(),
  audience: z.string(),
  goal: z.string(),
  tone: z.string(),
  avoid: z.array(z.string()),
  facts: z.array(z.string()),
  /** The short name that counts as naming the audience. */
  audienceHead: z.string(),
});

/** What a drawing of the generator shows; `text` is its caption. */
export type Shown = z.infer<typeof shownSchema>;
export type HeldOutBrief = z.infer<typeof briefSchema>;
export type Drawing = { readonly shown: Shown; readonly raster: Raster };
export type SheetName = 'held-out' | 'training' | 'scenes' | 'prompts' | 'siblings';

/** The first `count` drawings of a sheet that `python -m pack` wrote; all of them without `count`. */
export async function readSheet(name: SheetName, count = Number.POSITIVE_INFINITY): Promise<Drawing[]> {
  const { edge, columns, pictures } = sheetSchema.parse(
    JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8')),
  );
  const { data, info } = await sharp(join(FOLDER, `${name}.webp`))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return pictures.slice(0, Math.min(count, pictures.length)).map((shown, index) => {
    const left = (index % columns) * edge;
    const top = Math.floor(index / columns) * edge;
    const rgb = new Uint8Array(edge * edge * 3);
    for (let row = 0; row < edge; row += 1) {
      const start = ((top + row) * info.width + left) * 3;
      rgb.set(data.subarray(start, start + edge * 3), row * edge * 3);
    }
    return { shown, raster: { width: edge, height: edge, rgb } };
  });
}

export async function readBriefs(count: number): Promise<HeldOutBrief[]> {
  const rows = z.array(briefSchema).parse(JSON.parse(await readFile(join(FOLDER, 'briefs.json'), 'utf8')));
  return rows.slice(0, count);
}
