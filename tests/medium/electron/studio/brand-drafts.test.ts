import { afterEach, describe, expect, it } from 'vitest';
import type { BrandKit } from '../../../../electron/contract/brand.ts';
import { discardBrandDraft, saveBrandDraft } from '../../../../electron/studio/brand/brand-draft.ts';
import { importBrand, saveBrandVersion } from '../../../../electron/studio/brand/import-brand.ts';
import type { KitUploads } from '../../../../electron/studio/brand/kit-files.ts';
import { readExampleBrand } from '../../../support/example-brand.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

async function openWithBrand() {
  opened = await openTestStudio({});
  const { context } = opened.studio;
  const { kit, files } = readExampleBrand();
  const version = await importBrand(context, JSON.stringify(kit), files);
  const edited: BrandKit = { ...version.kit, name: 'Edited' };
  const draft = { brandId: version.brandId, basedOn: version.id, kit: edited };
  const { promise: uploads, resolve: bring, reject: break_ } = Promise.withResolvers<KitUploads>();
  const stored = () => context.library.brandDrafts.get(version.brandId);
  return { context, version, edited, draft, uploads, bring, break_, stored };
}

describe('a draft that is being kept', () => {
  it('does not come back when it is discarded before its files have arrived', async () => {
    const { context, version, draft, uploads, bring, stored } = await openWithBrand();
    const saving = saveBrandDraft(context, draft, uploads);
    const discarding = discardBrandDraft(context, version.brandId);
    bring(new Map());
    expect((await saving).kit.name).toBe('Edited');
    expect(await discarding).toEqual({ discarded: true });
    expect(stored()).toBeNull();
  });

  it('does not come back when it is frozen as a version meanwhile', async () => {
    const { context, version, edited, draft, uploads, bring, stored } = await openWithBrand();
    const saving = saveBrandDraft(context, draft, uploads);
    const freezing = saveBrandVersion(context, version.brandId, edited, new Map());
    bring(new Map());
    await saving;
    expect((await freezing).number).toBe(2);
    expect(stored()).toBeNull();
  });

  it('stays when it is kept after a discard, and what breaks holds up nobody', async () => {
    const { context, version, draft, uploads, break_, stored } = await openWithBrand();
    const broken = saveBrandDraft(context, draft, uploads);
    const discarding = discardBrandDraft(context, version.brandId);
    const saving = saveBrandDraft(context, draft, new Map());
    break_(new Error('the upload broke'));
    await expect(broken).rejects.toThrow('the upload broke');
    expect(await discarding).toEqual({ discarded: false });
    await saving;
    expect(stored()?.kit.name).toBe('Edited');
  });
});
