import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ObjectHash } from '../../../../electron/contract/identifiers.ts';
import { importBrandFolder } from '../../../../electron/studio/brand/import-brand-folder.ts';
import { createBrandLoader } from '../../../../electron/studio/brand/load-brand.ts';
import { openKitFiles } from '../../../../electron/studio/brand/open-kit-files.ts';
import { createSourceStore } from '../../../../electron/studio/plan/read-source.ts';
import { readExampleBrand } from '../../../support/example-brand.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

const { kit, files } = readExampleBrand();
let opened: TestStudio;
beforeAll(async () => {
  opened = await openTestStudio();
});
afterAll(() => opened[Symbol.asyncDispose]());

/** A version as an earlier program froze it: its files as they came. */
async function freezeAsBefore() {
  const { library } = opened.studio.context;
  const hashes: Record<string, ObjectHash> = {};
  for (const [name, bytes] of files) hashes[name] = await library.store.put(bytes);
  return library.brands.create({ kit, files: hashes });
}

it('a kit of an earlier version is drawn from what a reader makes of it, and imported again stays one version', async () => {
  const { context } = opened.studio;
  const version = await freezeAsBefore();
  const loaded = await createBrandLoader(context)(version.id);
  expect(loaded.files).toEqual(await openKitFiles(context.reader, kit, files));
  for (const [name, bytes] of loaded.files)
    expect(Buffer.from(bytes).equals(files.get(name) ?? Buffer.alloc(0))).toBe(false);

  const again = await importBrandFolder(
    context,
    fileURLToPath(new URL('../../../../examples/lumen-oat/brand.json', import.meta.url)),
  );
  expect(again.id).toBe(version.id);
  expect(context.library.brands.versions(version.brandId)).toHaveLength(1);
});

it('a picture to start from that an earlier version kept as it came goes by a reader once', async () => {
  const { context } = opened.studio;
  const bytes = new TextEncoder().encode('no picture');
  const hash = await context.library.store.put(bytes);
  await expect(createSourceStore(context.library.store, context.reader).read(hash, 'picture')).rejects.toMatchObject({
    code: 'library.unsupportedFile',
  });
  let asked = 0;
  const store = createSourceStore(
    { read: async () => bytes },
    { openPicture: async (_name, _use, given) => ((asked += 1), given) },
  );
  await store.read(hash, 'picture');
  await store.read(hash, 'picture');
  await store.read(hash, 'mask');
  expect(asked).toBe(2);
});
