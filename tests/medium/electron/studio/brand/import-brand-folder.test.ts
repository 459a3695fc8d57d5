import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openFileReader } from '../../../../../electron/hosts/host-defaults.ts';
import { readBrandFolder } from '../../../../../electron/studio/brand/import-brand-folder.ts';
import { exampleFolder } from '../../../../support/studio/make-plan.ts';

it('takes a folder for the brand.json in it, and names what is missing in an empty one', async () => {
  await using reader = openFileReader();
  const [ofFolder, ofFile] = await Promise.all(
    [exampleFolder, join(exampleFolder, 'brand.json')].map((path) => readBrandFolder(path, reader)),
  );
  expect(ofFolder).toEqual(ofFile);
  const empty = mkdtempSync(join(tmpdir(), 'housestyle-kit-'));
  try {
    await expect(readBrandFolder(empty, reader)).rejects.toThrow('There is no file "brand.json"');
  } finally {
    rmSync(empty, { recursive: true });
  }
});
