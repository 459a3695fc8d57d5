import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readWeightFile } from '../../../electron/engines/models/lora-header.ts';
import { checkModelFiles } from '../../../electron/engines/models/model-check.ts';
import { checkOnnxFile, describeDamage } from '../../../native-models/image/external-data.ts';
import { openImageModel } from '../../../native-models/image/image-model.ts';
import { matchLoras } from '../../../native-models/image/weights/merged-model.ts';
import { GgufFault, readGgufHeader } from '../../../native-models/text/gguf-header.ts';
import { root } from '../../project.ts';
import { buildGguf, buildSafetensors } from './sound-files.ts';

const STARTER = join(root, 'native-models/starter/image');

/** A kind of model file with one that is sound, and what reads it before a native loader does. The benches `headers` and `files` damage it. */
export type ModelFile = {
  readonly format: string;
  readonly sound: Buffer;
  readonly headBytes: number;
  /** Puts the bytes where the reader looks and reads them; rejects when the reader does. */
  readonly read: (bytes: Buffer) => Promise<void>;
  /** What the error has to name: a file, or for a file that is sound but no use the model. */
  readonly names: readonly string[];
};

/** What every file of this list is read by needs `folder`. */
export function prepareModelFiles(folder: string): ModelFile[] {
  return [prepareOnnx(folder), prepareSafetensors(folder), prepareGguf(folder), ...prepareConfigs(folder)];
}

export function prepareOnnx(folder: string): ModelFile {
  const path = join(folder, 'model.onnx');
  return {
    format: 'onnx',
    sound: readFileSync(join(STARTER, 'vae_encoder/model.onnx')),
    headBytes: Number.MAX_SAFE_INTEGER,
    names: ['model.onnx'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      await checkOnnxFile('hostile', path, 'model.onnx');
    },
  };
}

export function prepareSafetensors(folder: string): ModelFile {
  const path = join(folder, 'touch.safetensors');
  const sound = buildSafetensors();
  return {
    format: 'safetensors',
    sound,
    headBytes: sound.length,
    names: ['touch.safetensors', 'touch'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      const header = await readWeightFile('touch', path);
      const model = { name: 'base', folder: STARTER };
      await matchLoras({ model, loras: [{ name: 'touch', path, weight: 1 }] });
      if (header.kind === 'damaged') throw header.problem;
    },
  };
}

export function prepareGguf(folder: string): ModelFile {
  const path = join(folder, 'model.gguf');
  const sound = buildGguf();
  return {
    format: 'gguf',
    sound,
    headBytes: sound.length,
    names: ['model.gguf', 'hostile'],
    read: async (bytes) => {
      writeFileSync(path, bytes);
      const problem = await checkModelFiles('hostile', 'text', path);
      if (problem !== null) throw problem;
      try {
        readGgufHeader(path);
      } catch (error) {
        if (error instanceof GgufFault) throw describeDamage('hostile', basename(path), error.message);
        throw error;
      }
    },
  };
}

/** The folder has no graphs, so a configuration that passes ends with the name of the first graph. */
function prepareConfigs(folder: string): ModelFile[] {
  const model = join(folder, 'configs');
  const files = [
    'model_index.json',
    'scheduler/scheduler_config.json',
    'unet/config.json',
    'vae_decoder/config.json',
    'housestyle.json',
  ];
  cpSync(STARTER, model, { recursive: true, filter: (path) => !path.endsWith('.onnx') });
  const tokenizer = readdirSync(join(model, 'tokenizer')).map((file) => `tokenizer/${file}`);
  return [...files, ...tokenizer].map((file): ModelFile => {
    const sound = readFileSync(join(STARTER, file));
    return {
      format: file,
      sound,
      headBytes: 4096,
      names: [file, 'text_encoder/model.onnx', 'hostile'],
      read: async (bytes) => {
        writeFileSync(join(model, file), bytes);
        try {
          const opened = await openImageModel({ name: 'hostile', folder: model, threads: 1, announceBusy: () => {} });
          await opened.close();
        } finally {
          writeFileSync(join(model, file), sound);
        }
      },
    };
  });
}
