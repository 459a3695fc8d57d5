import { implement } from '@orpc/server';
import { brandKitSchema } from '../../../electron/contract/brand.ts';
import type { BrandDraft } from '../../../electron/contract/brand.ts';
import { brandIdSchema, objectHashSchema } from '../../../electron/contract/identifiers.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import { getChannelFormat } from '../../../electron/domain/production/channel-formats.ts';
import { readSources } from '../../../electron/readers/sources/read-sources.ts';
import type { StubLibrary } from './stub-library.ts';
import type { Tell } from './stub-events.ts';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Brands, versions and drafts in memory. Files are not looked at. */
export function createBrandHandlers(library: StubLibrary, tell: Tell) {
  const os = { brand: implement(studioContract).brand };
  const drafts = new Map<string, BrandDraft>();
  return {
    list: os.brand.list.handler(() => {
      const latest = library.latestVersion();
      return [
        {
          id: latest.brandId,
          name: latest.kit.name,
          latest,
          versionCount: library.versions.length,
          assetCount: library.assets.size,
        },
      ];
    }),
    versions: os.brand.versions.handler(() => library.versions),
    import: os.brand.import.handler(({ input, errors }) => {
      const parsed = brandKitSchema.safeParse(parseJson(input.kitText));
      const [issue] = parsed.error?.issues ?? [];
      if (!parsed.success)
        throw errors['brand.invalid']({
          data: {
            file: 'brand.json',
            field: issue?.path.join('.') ?? '',
            reason: issue?.message ?? 'not JSON',
            expected: 'a brand kit',
          },
        });
      const version = library.addVersion(brandIdSchema.parse(library.newId()), 1, parsed.data, 0);
      tell('brand.created', [version.brandId]);
      return version;
    }),
    saveVersion: os.brand.saveVersion.handler(({ input }) => {
      const version = library.addVersion(input.brandId, library.versions.length + 1, input.kit, 0);
      drafts.delete(input.brandId);
      tell('brand.versioned', [input.brandId]);
      return version;
    }),
    sample: os.brand.sample.handler(({ input }) => {
      const { width, height } = getChannelFormat(input.formatId);
      const seed = Buffer.from(JSON.stringify(input.kit.palette)).reduce((sum, byte) => (sum * 31 + byte) % 9973, 7);
      return {
        hash: objectHashSchema.parse(library.pictures.add(seed, width, height, input.headline)),
        width,
        height,
      };
    }),
    readSources: os.brand.readSources.handler(async ({ input }) =>
      readSources(
        await Promise.all(
          input.files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) })),
        ),
      ),
    ),
    draft: os.brand.draft.handler(({ input }) => drafts.get(input.brandId) ?? null),
    saveDraft: os.brand.saveDraft.handler(async ({ input: { brandId, basedOn, kit } }) => {
      await library.draftsMayLand;
      const draft = { brandId, basedOn, kit, files: library.latestVersion().files, updatedAtMs: Date.now() };
      drafts.set(brandId, draft);
      tell('brand.drafted', [brandId]);
      return draft;
    }),
    discardDraft: os.brand.discardDraft.handler(({ input }) => {
      const discarded = drafts.delete(input.brandId);
      if (discarded) tell('brand.draftDiscarded', [input.brandId]);
      return { discarded };
    }),
  };
}
