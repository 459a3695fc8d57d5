import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ModelForm } from '../../contract/model.ts';
import { assertWritesText } from './gguf-kind.ts';
import { readWeightFile } from './lora-header.ts';
import type { SourceFile } from './model-files.ts';

/** The name that files at a place get when nobody says another. */
export function nameSource(source: string): string {
  return basename(source).replace(/\.(?:safetensors|gguf)$/i, '');
}

/** What somebody wants to install. @throws model.wrongKind for what nothing here reads, model.damaged for weights whose header is none */
export async function findForm(name: string, source: string, files: readonly SourceFile[]): Promise<ModelForm> {
  const has = (pattern: RegExp) => files.some((file) => pattern.test(file.name));
  const [only] = files;
  if ((await stat(source)).isFile()) {
    if (/\.gguf$/i.test(source)) {
      await assertWritesText(name, source);
      return 'text';
    }
    if (/\.safetensors$/i.test(source)) return judgeWeights(name, only?.path ?? source);
    throw unknownForm(
      name,
      /\.(?:ckpt|pt|pth|pkl|bin)$/i.test(source)
        ? 'a pickle file, which may run code when it is read'
        : 'a file of an unknown kind',
    );
  }
  if (has(/^model_index\.json$/)) {
    if (has(/^(?:unet|transformer)\/model\.onnx$/) || !has(/^(?:unet|transformer)\/.*\.safetensors$/)) return 'image';
    return 'checkpoint';
  }
  if (has(/^config\.json$/) && has(/^onnx\/.*\.onnx$/)) return 'vision';
  const weights = files.find(isWeights);
  if (weights !== undefined && (await judgeWeights(name, weights.path)) === 'lora') return 'lora';
  throw unknownForm(name, 'a folder without model_index.json, an onnx folder or a LoRA');
}

export function isWeights({ name }: SourceFile): boolean {
  return name.endsWith('.safetensors');
}

async function judgeWeights(name: string, path: string): Promise<'lora' | 'checkpoint'> {
  const header = await readWeightFile(name, path);
  if (header.kind === 'damaged') throw header.problem;
  return header.kind;
}

function unknownForm(model: string, found: string): StudioError {
  const wanted = 'a folder in the diffusers-ONNX or transformers.js layout, a GGUF file, or a safetensors file';
  return new StudioError('model.wrongKind', `"${model}" is ${found}. What can be installed: ${wanted}.`, {
    model,
    found,
    wanted,
  });
}
