import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './link-files.ts';
import { writeMergedModel, type LoraReport, type MergeHooks } from './merged-model.ts';

/** Raised whenever the merged weights of the same files change. */
const MERGE_VERSION = 1;
const RECORD = 'merge.json';
const GIB = 1024 ** 3;

export type MergeRequest = {
  readonly model: { readonly name: string; readonly hash: string; readonly folder: string };
  readonly loras: readonly {
    readonly name: string;
    readonly hash: string;
    readonly path: string;
    readonly weight: number;
  }[];
  readonly cacheFolder: string;
  /** Disk that merged models may take together; the one that was used longest ago goes first. Default: 24 GiB. */
  readonly maxBytes?: number;
};

export type MergedModel = { readonly folder: string; readonly reports: readonly LoraReport[] };

const recordSchema = z.strictObject({
  reports: z.array(z.strictObject({ name: z.string(), matched: z.number(), unmatched: z.array(z.string()) })),
});

/** The folder to open in place of a model's own when LoRAs are wanted. Named by what is in it, made once, complete or absent at any kill. */
export async function openMergedModel(request: MergeRequest, hooks: MergeHooks = {}): Promise<MergedModel> {
  const { cacheFolder, model, loras, maxBytes = 24 * GIB } = request;
  const folder = join(cacheFolder, nameMerge(request));
  const known = await readRecord(folder);
  if (known !== null) {
    const now = new Date();
    await utimes(join(folder, RECORD), now, now);
    return { folder, reports: known };
  }
  const unfinished = `${folder}.${process.pid}.part`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await removeLeftovers(cacheFolder);
  try {
    const reports = await writeMergedModel({ model, loras }, unfinished, hooks);
    await writeFile(join(unfinished, RECORD), JSON.stringify({ reports }), { flush: true });
    await syncFolder(unfinished);
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
    await syncFolder(cacheFolder);
    await evictOldest(cacheFolder, folder, maxBytes);
    return { folder, reports };
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function nameMerge({ model, loras }: MergeRequest): string {
  const parts = [MERGE_VERSION, model.hash, loras.map(({ hash, weight }) => [hash, weight])];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function readRecord(folder: string): Promise<LoraReport[] | null> {
  const text = await readFile(join(folder, RECORD), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return recordSchema.parse(JSON.parse(text)).reports;
  } catch {
    // Damaged: it is made anew.
    return null;
  }
}

/** What a process that died left behind. One that still works keeps its folder. */
async function removeLeftovers(cacheFolder: string): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    const owner = /\.(\d+)\.part$/.exec(name)?.[1];
    if (owner !== undefined && Number(owner) !== process.pid && !isAlive(Number(owner)))
      await rm(join(cacheFolder, name), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function evictOldest(cacheFolder: string, kept: string, maxBytes: number): Promise<void> {
  const entries: { readonly folder: string; readonly usedMs: number; readonly sizeBytes: number }[] = [];
  for (const name of await readdir(cacheFolder)) {
    const folder = join(cacheFolder, name);
    const record = await stat(join(folder, RECORD)).catch(() => null);
    if (record !== null && /^[0-9a-f]{64}$/.test(name))
      entries.push({ folder, usedMs: record.mtimeMs, sizeBytes: await sumOwnBytes(folder) });
  }
  let total = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const { folder, sizeBytes } of entries.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes) return;
    if (folder === kept) continue;
    await rm(folder, { recursive: true, force: true });
    total -= sizeBytes;
  }
}

/** Hard links to the model cost nothing. */
async function sumOwnBytes(folder: string): Promise<number> {
  let sum = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const { size, nlink } = await stat(join(entry.parentPath, entry.name));
    if (nlink === 1) sum += size;
  }
  return sum;
}
