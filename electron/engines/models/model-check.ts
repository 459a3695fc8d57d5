import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineKind } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import { readGgufText, readHead } from './gguf-head.ts';
import { assertWritesText } from './gguf-kind.ts';
import { readSmallText } from './read-small-text.ts';

/** The largest tokenizers have 35 MiB. */
const MAX_JSON_BYTES = 64 * 1024 * 1024;

/**
 * Cheap checks on a model's files before anybody waits for a load: all parts there, each file of its kind, none cut short. The
 * engine checks the whole header before its native loader sees the file.
 */
export async function checkModelFiles(model: string, kind: EngineKind, path: string): Promise<StudioError | null> {
  try {
    if (kind === 'image') await checkImageFolder(model, path);
    else if (kind === 'text') await checkGgufFile(model, path);
    else await checkVisionFolder(model, path);
    return null;
  } catch (error) {
    if (error instanceof StudioError) return error;
    throw error;
  }
}

/** What the model calls its architecture; "unknown" where it does not say. */
export async function readModelFamily(kind: EngineKind, path: string): Promise<string> {
  if (kind === 'text') return (await readGgufText(path, 'general.architecture')) ?? 'unknown';
  const [file, key] = kind === 'image' ? ['model_index.json', '_class_name'] : ['config.json', 'model_type'];
  try {
    const config: unknown = JSON.parse((await readSmallText(join(path, file))) ?? '');
    const value = typeof config === 'object' && config !== null ? Reflect.get(config, key) : undefined;
    return typeof value === 'string' ? value.slice(0, 100) : 'unknown';
  } catch {
    return 'unknown';
  }
}

async function checkImageFolder(model: string, folder: string): Promise<void> {
  await checkJson(model, folder, 'model_index.json');
  await checkJson(model, folder, 'scheduler/scheduler_config.json');
  await checkOneOf(model, folder, ['tokenizer/vocab.json', 'tokenizer/tokenizer.json']);
  const denoiser = await checkOneOf(model, folder, ['unet/model.onnx', 'transformer/model.onnx']);
  for (const file of ['text_encoder/model.onnx', denoiser, 'vae_decoder/model.onnx'])
    await checkOnnx(model, folder, file);
}

async function checkVisionFolder(model: string, folder: string): Promise<void> {
  await checkJson(model, folder, 'config.json');
  await checkJson(model, folder, 'preprocessor_config.json');
  await checkJson(model, folder, 'tokenizer.json');
  for (const part of ['vision_model', 'text_model']) {
    await checkOnnx(
      model,
      folder,
      await checkOneOf(
        model,
        folder,
        ['', '_fp16', '_quantized'].map((form) => `onnx/${part}${form}.onnx`),
      ),
    );
  }
}

async function checkOneOf(model: string, folder: string, files: readonly string[]): Promise<string> {
  for (const file of files) if ((await readSize(join(folder, file))) !== null) return file;
  throw missing(model, files[0] ?? '');
}

async function checkJson(model: string, folder: string, file: string): Promise<void> {
  const sizeBytes = await readSize(join(folder, file));
  if (sizeBytes === null) throw missing(model, file);
  if (sizeBytes > MAX_JSON_BYTES) throw damaged(model, file, `it is larger than ${MAX_JSON_BYTES / 1024 ** 2} MiB`);
  const text = await readSmallText(join(folder, file), MAX_JSON_BYTES);
  if (text === null) throw missing(model, file);
  try {
    JSON.parse(text);
  } catch {
    throw damaged(model, file, text.trim() === '' ? 'it is empty' : 'it is not JSON');
  }
}

/**
 * Walks the outermost protobuf fields of an ONNX file: a graph longer than the file means that the file was cut short.
 * Field numbers from onnx.proto, message ModelProto: 7 is the graph.
 */
async function checkOnnx(model: string, folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  const sizeBytes = await readSize(path);
  if (sizeBytes === null) throw missing(model, file);
  if (sizeBytes === 0) throw damaged(model, file, 'it is empty');
  const head = await readHead(path, 4096);
  let offset = 0;
  while (offset < head.length) {
    const tag = readVarint(head, offset);
    if (tag === null) return;
    const value = readVarint(head, tag.end);
    const wireType = tag.value & 7;
    if ((wireType !== 0 && wireType !== 2) || tag.value >> 3 === 0)
      throw damaged(model, file, 'it is not an ONNX graph');
    if (value === null) return;
    offset = wireType === 0 ? value.end : value.end + value.value;
    if (offset > sizeBytes) throw damaged(model, file, 'it was cut short');
    if (wireType === 2 && tag.value >> 3 === 7) return;
  }
}

function readVarint(bytes: Buffer, start: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return { value: Number.MAX_SAFE_INTEGER, end: start + 8 };
}

async function checkGgufFile(model: string, path: string): Promise<void> {
  const sizeBytes = await readSize(path);
  if (sizeBytes === null) throw missing(model, 'the GGUF file');
  const head = await readHead(path, 24);
  if (head.length < 24) throw damaged(model, 'the GGUF file', head.length === 0 ? 'it is empty' : 'it was cut short');
  if (head.toString('latin1', 0, 4) !== 'GGUF') {
    throw new StudioError('model.wrongKind', `"${model}" is not a GGUF file, whatever its name says.`, {
      model,
      found: 'a file without the GGUF mark',
      wanted: 'a GGUF file',
    });
  }
  const version = head.readUInt32LE(4);
  if (version < 2 || version > 3)
    throw damaged(model, 'the GGUF file', `version ${version} of the format is not known`);
  await assertWritesText(model, path);
}

async function readSize(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  );
}

function missing(model: string, file: string): StudioError {
  return new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
}

function damaged(model: string, file: string, reason: string): StudioError {
  return new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}
