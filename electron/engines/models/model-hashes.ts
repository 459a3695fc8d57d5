import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { ModelFile } from './model-scan.ts';

const cacheSchema = z.record(
  z.string(),
  z.strictObject({ sizeBytes: z.number(), modifiedMs: z.number(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
);

/** SHA-256 of model files, remembered by path, size and time of change: a model of gigabytes is read once. */
export class ModelHashes {
  readonly #cacheFile: string | null;
  #cache: z.infer<typeof cacheSchema> | null = null;

  constructor(cacheFile: string | null) {
    this.#cacheFile = cacheFile;
  }

  /** Over lines "relative path, tab, SHA-256" in the order of the paths, each ended by a line feed. */
  async hashModel(modelPath: string, files: readonly ModelFile[]): Promise<string> {
    const total = createHash('sha256');
    for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      total.update(`${file.name.replaceAll('\\', '/')}\t${await this.hashFile(modelPath, file)}\n`);
    return total.digest('hex');
  }

  /** SHA-256 of one file of a model. */
  async hashFile(modelPath: string, { name, sizeBytes, modifiedMs }: ModelFile): Promise<string> {
    const cache = await this.#readCache();
    const path = name === '' ? modelPath : join(modelPath, name);
    const known = cache[path];
    if (known !== undefined && known.sizeBytes === sizeBytes && known.modifiedMs === modifiedMs) return known.sha256;
    const sha256 = await hashFile(path);
    cache[path] = { sizeBytes, modifiedMs, sha256 };
    await this.#writeCache(cache);
    return sha256;
  }

  /** SHA-256 of a file that is not installed; remembered in the same way. */
  async hashSource(path: string): Promise<string> {
    const { size, mtimeMs } = await stat(path);
    return this.hashFile(path, { name: '', sizeBytes: size, modifiedMs: mtimeMs });
  }

  async #readCache(): Promise<z.infer<typeof cacheSchema>> {
    if (this.#cache !== null) return this.#cache;
    this.#cache = {};
    if (this.#cacheFile === null) return this.#cache;
    try {
      const parsed = cacheSchema.safeParse(JSON.parse(await readFile(this.#cacheFile, 'utf8')));
      if (parsed.success) this.#cache = parsed.data;
    } catch {
      // Absent or damaged: it can always be computed again.
    }
    return this.#cache;
  }

  async #writeCache(cache: z.infer<typeof cacheSchema>): Promise<void> {
    if (this.#cacheFile === null) return;
    const temporary = `${this.#cacheFile}.${process.pid}.part`;
    try {
      await mkdir(dirname(this.#cacheFile), { recursive: true });
      await writeFile(temporary, JSON.stringify(cache));
      await rename(temporary, this.#cacheFile);
    } catch {
      // A read-only place costs time at the next start, nothing else.
    }
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
