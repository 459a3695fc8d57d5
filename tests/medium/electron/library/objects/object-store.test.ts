import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectHashSchema } from '../../../../../electron/contract/identifiers.ts';
import { nodeFileOperations } from '../../../../../electron/library/objects/file-operations.ts';
import type { FileOperations } from '../../../../../electron/library/objects/file-operations.ts';
import { libraryPaths, makeLibraryFolders } from '../../../../../electron/library/folder/library-folder.ts';
import { createObjectStore, objectPath } from '../../../../../electron/library/objects/object-store.ts';
import {
  createTestFolder,
  makeBriefText,
  makePictureBytes,
  openTestLibrary,
} from '../../../../support/library-fixtures.ts';

function createStore(folder: string, operations: Partial<FileOperations> = {}) {
  makeLibraryFolders(folder);
  const paths = libraryPaths(folder);
  return { paths, store: createObjectStore(paths, { ...nodeFileOperations, ...operations }) };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const listObjects = (folder: string) =>
  readdirSync(join(folder, 'objects')).flatMap((shard) =>
    readdirSync(join(folder, 'objects', shard)).map((name) => shard + name),
  );
const failWith = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

async function* chunks() {
  yield makePictureBytes(1, 100);
  yield makePictureBytes(2, 70_000);
}

describe('put', () => {
  it('names bytes by their hash and keeps one file for the same bytes', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path);
    const bytes = makePictureBytes(1, 2_500_000);
    const hashes = await Promise.all([store.put(bytes), store.put(bytes), store.put(bytes)]);
    expect(new Set(hashes)).toEqual(new Set([sha256(bytes)]));
    expect(listObjects(folder.path)).toEqual([sha256(bytes)]);
    expect(Buffer.compare(await store.read(hashes[0] ?? objectHashSchema.parse('')), bytes)).toBe(0);
    expect(readdirSync(join(folder.path, 'incoming'))).toEqual([]);
  });

  it('takes a stream and no bytes at all', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path);
    expect(await store.put(chunks())).toBe(
      sha256(Buffer.concat([makePictureBytes(1, 100), makePictureBytes(2, 70_000)])),
    );
    const empty = await store.put(new Uint8Array());
    expect(store.sizeOf(empty)).toBe(0);
  });

  it('goes on writing where the volume takes only part of what it is given', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path, {
      writeSome: async (file, bytes) => (await file.write(bytes.subarray(0, Math.ceil(bytes.length / 3)))).bytesWritten,
    });
    const bytes = makePictureBytes(1, 12_000);
    expect(await store.read(await store.put(bytes))).toEqual(Buffer.from(bytes));
  });

  it.each<[string, Partial<FileOperations>]>([
    ['takes nothing more', { writeSome: async () => 0 }],
    ['says that it is full', { writeSome: failWith('ENOSPC') }],
    ['is full when it is flushed', { syncFile: failWith('ENOSPC') }],
    ['is over its quota', { writeSome: failWith('EDQUOT') }],
    ['has no room for the name', { renameFile: failWith('ENOSPC') }],
    ['has no room for another file', { createFile: failWith('ENOSPC') }],
  ])('names the volume and leaves nothing when it %s', async (_, operations) => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path, operations);
    await expect(store.put(makePictureBytes(1))).rejects.toMatchObject({
      code: 'library.diskFull',
      data: { volume: expect.stringMatching(/^[A-Z/]/), neededBytes: 3000, freeBytes: expect.any(Number) },
    });
    expect([...readdirSync(join(folder.path, 'incoming')), ...listObjects(folder.path)]).toEqual([]);
  });

  it('refuses what comes back differently from what was written', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path, {
      writeSome: async (file, bytes) => {
        await file.write(bytes.map((byte, index) => (index === 100 ? byte ^ 1 : byte)));
        return bytes.length;
      },
    });
    await expect(store.put(makePictureBytes(1))).rejects.toMatchObject({ code: 'library.damaged' });
    expect([...readdirSync(join(folder.path, 'incoming')), ...listObjects(folder.path)]).toEqual([]);
  });

  it('notices a write that claims more than it wrote', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path, {
      writeSome: async (file, bytes) => {
        await file.write(bytes.subarray(0, 512));
        return bytes.length;
      },
    });
    await expect(store.put(makePictureBytes(1))).rejects.toMatchObject({ code: 'library.damaged' });
  });

  it('passes other failures of the disk on and leaves nothing', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path, { syncFile: failWith('EIO') });
    await expect(store.put(makePictureBytes(1))).rejects.toMatchObject({ code: 'EIO' });
    expect([...readdirSync(join(folder.path, 'incoming')), ...listObjects(folder.path)]).toEqual([]);
  });

  it('replaces a damaged copy of the same object', async () => {
    using folder = createTestFolder();
    const { store, paths } = createStore(folder.path);
    const hash = await store.put(makePictureBytes(1));
    writeFileSync(objectPath(paths, hash), 'damaged');
    await store.put(makePictureBytes(1));
    expect(sha256(readFileSync(objectPath(paths, hash)))).toBe(hash);
  });

  it('flushes file and folder before it answers, in that order', async () => {
    using folder = createTestFolder();
    const steps: string[] = [];
    const record =
      <Args extends unknown[], Result>(name: string, work: (...args: Args) => Promise<Result>) =>
      async (...args: Args) => {
        const result = await work(...args);
        steps.push(name);
        return result;
      };
    const { store } = createStore(folder.path, {
      writeSome: record('write', nodeFileOperations.writeSome),
      syncFile: record('sync file', nodeFileOperations.syncFile),
      renameFile: record('rename', nodeFileOperations.renameFile),
      syncFolder: record('sync folder', nodeFileOperations.syncFolder),
    });
    await store.put(makePictureBytes(1));
    expect(steps).toEqual(['write', 'sync file', 'rename', 'sync folder']);
  });
});

describe('read', () => {
  it('reads a range', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path);
    const bytes = makePictureBytes(1);
    const stream = await store.openStream(await store.put(bytes), { start: 10, end: 19 });
    expect(Buffer.concat(await stream.toArray())).toEqual(Buffer.from(bytes.subarray(10, 20)));
  });

  it('says which object is missing', async () => {
    using folder = createTestFolder();
    const { store } = createStore(folder.path);
    const hash = objectHashSchema.parse('a'.repeat(64));
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'library.objectMissing', data: { hash } });
    await expect(store.openStream(hash)).rejects.toMatchObject({ code: 'library.objectMissing' });
    expect(() => store.readStart(hash, 10)).toThrow(expect.objectContaining({ code: 'library.objectMissing' }));
    expect(store.sizeOf(hash)).toBeNull();
  });

  it('follows no link out of the library', async () => {
    using folder = createTestFolder();
    const { store, paths } = createStore(folder.path);
    const hash = objectHashSchema.parse('b'.repeat(64));
    writeFileSync(join(folder.path, 'secret'), 'secret');
    symlinkSync(join(folder.path, 'secret'), objectPath(paths, hash));
    await expect(store.read(hash)).rejects.toMatchObject({ code: 'library.objectMissing' });
  });

  it('makes a path of nothing but a hash', () => {
    using folder = createTestFolder();
    const { paths } = createStore(folder.path);
    for (const bad of ['../../../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(62)}/.`, '']) {
      // The brand says that it was checked; the store checks all the same.
      expect(() => objectPath(paths, bad as never)).toThrow();
    }
  });
});

const canMount =
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;

describe('a full disk', () => {
  it.skipIf(!canMount)(
    `keeps what was acknowledged and says what is full${canMount ? '' : ' (skipped: needs root and mount)'}`,
    async () => {
      using folder = createTestFolder();
      const volume = join(folder.path, 'volume');
      mkdirSync(volume);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', volume]).status).toBe(0);
      try {
        const library = openTestLibrary(join(volume, 'library'));
        const kept: string[] = [];
        let refusal: unknown = null;
        for (let number = 0; refusal === null && number < 1000; number += 1) {
          try {
            const hash = await library.store.put(makePictureBytes(number, 12_000));
            kept.push(hash);
            library.objects.remember(hash);
          } catch (error) {
            refusal = error;
          }
        }
        expect(refusal).toMatchObject({ code: 'library.diskFull', data: { volume } });
        expect(kept.length).toBeGreaterThan(20);
        for (const hash of kept) {
          expect(sha256(await library.store.read(objectHashSchema.parse(hash)))).toBe(hash);
        }
        expect(readdirSync(join(volume, 'library', 'incoming'))).toEqual([]);
        // The rows meet the same wall.
        expect(() => writeFileSync(join(volume, 'filler'), new Uint8Array(4 << 20))).toThrow(
          expect.objectContaining({ code: 'ENOSPC' }),
        );
        const write = () => {
          for (let number = 0; number < 500; number += 1) {
            library.briefs.create({ ...makeBriefText(`Brief ${number}`), notes: 'long '.repeat(2000) });
          }
        };
        expect(write).toThrow(
          expect.objectContaining({ code: 'library.diskFull', data: expect.objectContaining({ volume }) }),
        );
        const briefs = library.briefs.list().length;

        // Room again: the same library goes on by itself.
        expect(spawnSync('mount', ['-o', 'remount,size=12m', volume]).status).toBe(0);
        library.objects.remember(await library.store.put(makePictureBytes(5000, 12_000)));
        library.briefs.create(makeBriefText('After'));
        expect(library.briefs.list()).toHaveLength(briefs + 1);
        library.close();
        using again = openTestLibrary(join(volume, 'library'), { idStart: 10_000 });
        expect(again.briefs.list()).toHaveLength(briefs + 1);
        expect((await again.fsck({ read: 'all' })).findings).toEqual([]);
      } finally {
        spawnSync('umount', ['-l', volume]);
      }
    },
  );
});
