import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  weightTaskSchema,
  type WeightAnswer,
  type WeightLine,
  type WeightTask,
} from '../../electron/contract/weight-task.ts';
import { checkOnnxFile, describeDamage } from '../image/external-data.ts';
import { listDepartures } from '../image/model-departures.ts';
import { convertCheckpoint } from '../image/weights/convert-checkpoint.ts';
import { matchLoras } from '../image/weights/merged-model.ts';
import { readOnnxGraph } from '../image/weights/onnx-graph.ts';
import { namePrecision } from '../image/weights/tensor-codec.ts';
import { GgufFault, readGgufHeader } from '../text/gguf-header.ts';
import { toErrorRecord } from './engine-errors.ts';

const PARTS = ['text_encoder', 'text_encoder_2', 'unet', 'transformer', 'vae_decoder', 'vae_encoder'];
const EMPTY: WeightAnswer = { precision: null, placed: {}, kept: [], unplaced: [], warnings: [] };

const say = (line: WeightLine) => void process.stdout.write(`${JSON.stringify(line)}\n`);

/** Does one task and says on standard output how it went. The exit code is 0 however the file is. */
export async function runWeightTask(text: string): Promise<void> {
  try {
    const answer = await doTask(weightTaskSchema.parse(JSON.parse(text)), (done, total) =>
      say({ type: 'progress', done, total }),
    );
    say({ type: 'done', answer });
  } catch (error) {
    say({ type: 'failed', error: toErrorRecord('image', error) });
  }
}

async function doTask(task: WeightTask, onProgress: (done: number, total: number) => void): Promise<WeightAnswer> {
  if (task.task === 'convert') {
    const base = { name: task.base.name, folder: task.base.path };
    const { placed, kept, unplaced } = await convertCheckpoint({ ...task, base }, onProgress);
    const precision = readPrecision(task.target);
    return { ...EMPTY, precision, placed: { ...placed }, kept: [...kept], unplaced: [...unplaced] };
  }
  if (task.task === 'match') {
    const { name, path } = task.lora;
    const model = { name: task.model.name, folder: task.model.path };
    const [report] = await matchLoras({ model, loras: [{ name, path, weight: 1 }] });
    return { ...EMPTY, placed: { [name]: report?.matched ?? 0 }, unplaced: [...(report?.unmatched ?? [])] };
  }
  const { name, path } = task.model;
  if (task.kind === 'text') return examineGguf(name, path);
  const folders = task.kind === 'image' ? PARTS : ['onnx'];
  for (const folder of folders) {
    if (!existsSync(join(path, folder))) continue;
    for (const file of await readdir(join(path, folder)))
      if (file.endsWith('.onnx')) await checkOnnxFile(name, join(path, folder, file), `${folder}/${file}`);
  }
  if (task.kind === 'vision') return EMPTY;
  return { ...EMPTY, precision: readPrecision(path), warnings: await listDepartures(name, path) };
}

function examineGguf(model: string, path: string): WeightAnswer {
  try {
    readGgufHeader(path);
    return EMPTY;
  } catch (error) {
    if (error instanceof GgufFault) throw describeDamage(model, basename(path), error.message);
    throw error;
  }
}

/** The type that most numbers of the denoiser have. */
function readPrecision(folder: string): string | null {
  const path = ['unet', 'transformer'].map((part) => join(folder, part, 'model.onnx')).find(existsSync);
  if (path === undefined) return null;
  const counts = new Map<number, number>();
  for (const { dataType, dims } of readOnnxGraph(path).initializers)
    counts.set(dataType, (counts.get(dataType) ?? 0) + dims.reduce((product, edge) => product * edge, 1));
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return most === undefined ? null : namePrecision(most[0]);
}
