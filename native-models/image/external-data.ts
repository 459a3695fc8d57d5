import { lstat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { StudioError } from '../../electron/contract/errors.ts';
import { readOnnxGraph, type ExternalPiece } from './weights/onnx-graph.ts';
import { WeightFault } from './weights/weight-fault.ts';

/**
 * Reads the protobuf of an ONNX file without loading it and checks every tensor that is stored elsewhere: a plain file inside the
 * model's folder, long enough. Also finds files that are cut short.
 */
export async function checkOnnxFile(model: string, path: string, file: string): Promise<void> {
  try {
    await checkExternalPieces(model, path, readOnnxGraph(path).external);
  } catch (error) {
    if (error instanceof WeightFault) throw describeDamage(model, file, error.message);
    if (isMissing(error))
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${file}.`, { model, file });
    throw error;
  }
}

async function checkExternalPieces(model: string, path: string, pieces: readonly ExternalPiece[]): Promise<void> {
  const neededBytes = new Map<string, number>();
  for (const { location, offset, lengthBytes } of pieces)
    neededBytes.set(location, Math.max(offset + (lengthBytes ?? 0), neededBytes.get(location) ?? 0));
  for (const [location, endBytes] of neededBytes) {
    if (isOutside(location)) throw new WeightFault('it refers to data outside the folder of the model');
    const found = await lstat(join(dirname(path), location)).catch(() => null);
    if (found === null)
      throw new StudioError('model.fileMissing', `The model "${model}" lacks ${location}.`, { model, file: location });
    if (!found.isFile()) throw new WeightFault(`its data ${location} is not a plain file (a link is not followed)`);
    if (found.size < endBytes) throw new WeightFault(`its data ${location} was cut short`);
  }
}

/** Windows forms are refused everywhere: a model moves between machines. */
function isOutside(location: string): boolean {
  return (
    location.includes('\0') ||
    isAbsolute(location) ||
    /^[A-Za-z]:|^[\\/]/.test(location) ||
    location.split(/[\\/]/).includes('..')
  );
}

export function describeDamage(model: string, file: string, reason: string): StudioError {
  return new StudioError('model.damaged', `${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file,
    reason,
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
