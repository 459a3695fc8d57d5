import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';

/** What a lone safetensors file holds. `base` is the family that a LoRA was trained for, or "unknown". */
export type WeightFile =
  | { readonly kind: 'lora'; readonly base: string }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'damaged'; readonly problem: StudioError };

/** The engine reads no longer ones either. */
const MAX_HEADER_BYTES = 32 * 1024 * 1024;
const LORA_END = /\.lora_(?:down|up|A|B)\b|_lora\.(?:down|up)\.|\.lora(?:_linear_layer)?\.(?:down|up)\./;
const OTHER_ADAPTER = /\.(?:hada_w|lokr_w)|\.dora_scale$|\.lora_magnitude_vector/;
/** Width of the text that cross-attention reads, by family. */
const FAMILY_BY_WIDTH: Readonly<Record<number, string>> = {
  768: 'Stable Diffusion 1.x',
  1024: 'Stable Diffusion 2.x',
  2048: 'Stable Diffusion XL',
};
const FAMILY_BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/sdxl|xl-v1|stable-diffusion-xl/i, 'Stable Diffusion XL'],
  [/sd_?v?2|stable-diffusion-v2/i, 'Stable Diffusion 2.x'],
  [/sd_?v?1|stable-diffusion-v1/i, 'Stable Diffusion 1.x'],
  [/flux/i, 'Flux'],
  [/sd3|stable-diffusion-3/i, 'Stable Diffusion 3'],
];

const headerSchema = z.record(z.string(), z.looseObject({ shape: z.array(z.number()).optional() }));

/** Looks at the header alone. The engine checks every tensor before it reads one. */
export async function readWeightFile(model: string, path: string): Promise<WeightFile> {
  const damaged = (reason: string): WeightFile => {
    const file = basename(path);
    const text = `${file} of the model "${model}" cannot be used: ${reason}.`;
    return { kind: 'damaged', problem: new StudioError('model.damaged', text, { model, file, reason }) };
  };
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const head = await file.read(Buffer.alloc(8), 0, 8, 0);
  if (head.bytesRead < 8) return damaged(size === 0 ? 'it is empty' : 'it was cut short');
  const length = Number(head.buffer.readBigUInt64LE(0));
  if (length > MAX_HEADER_BYTES) return damaged('it is not a safetensors file, or its header is too long');
  if (8 + length > size) return damaged('it was cut short');
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, 8);
  const header = parseHeader(buffer.toString('utf8'));
  return header === null ? damaged('it is not a safetensors file') : judgeHeader(header);
}

function parseHeader(text: string): z.infer<typeof headerSchema> | null {
  try {
    return headerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function judgeHeader({ __metadata__: metadata = {}, ...tensors }: z.infer<typeof headerSchema>): WeightFile {
  const names = Object.keys(tensors);
  if (!names.some((name) => LORA_END.test(name) || OTHER_ADAPTER.test(name))) return { kind: 'checkpoint' };
  const words = ['modelspec.architecture', 'ss_base_model_version'].map((key) => Reflect.get(metadata, key));
  const stated = FAMILY_BY_TEXT.find(([pattern]) =>
    words.some((word) => typeof word === 'string' && pattern.test(word)),
  );
  const key = names.find((name) =>
    /attn2[._](?:processor[._])?to_[kv](?:_lora)?\.(?:lora_down|lora_A|down)\b/.test(name),
  );
  const width = key === undefined ? 0 : (tensors[key]?.shape?.[1] ?? 0);
  return { kind: 'lora', base: stated?.[1] ?? FAMILY_BY_WIDTH[width] ?? 'unknown' };
}
