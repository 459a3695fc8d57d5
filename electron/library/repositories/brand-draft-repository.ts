import { z } from 'zod';
import { brandDraftSchema, brandKitSchema } from '../../contract/brand.ts';
import type { BrandDraft } from '../../contract/brand.ts';
import {
  brandIdSchema,
  brandVersionIdSchema,
  objectHashSchema,
  timestampMsSchema,
} from '../../contract/identifiers.ts';
import type { BrandId, BrandVersionId } from '../../contract/identifiers.ts';
import { jsonColumn } from '../database/row-columns.ts';
import type { BrandVersionContent } from './brand-repository.ts';
import { keepObject, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** One draft a brand: what is being edited, until it is frozen as a version or discarded. */
export type BrandDraftRepository = {
  /** Null when nothing is being edited. @throws brand.notFound */
  get(brandId: BrandId): BrandDraft | null;
  /** Replaces the draft. @throws brand.notFound, library.objectMissing */
  save(brandId: BrandId, basedOn: BrandVersionId, content: BrandVersionContent): BrandDraft;
  /** False when there was none. @throws brand.notFound */
  discard(brandId: BrandId): boolean;
};

const draftRow = z.object({
  brandId: brandIdSchema,
  basedOn: brandVersionIdSchema,
  kit: jsonColumn(brandKitSchema),
  files: jsonColumn(z.record(z.string(), objectHashSchema)),
  updatedAtMs: timestampMsSchema,
});
const selectDraft = `
SELECT brands.id AS brandId, brand_versions.id AS basedOn, brand_drafts.kit, updated_at_ms AS updatedAtMs,
  (SELECT json_group_object(name, hash) FROM brand_draft_files WHERE brand_sequence = brand_drafts.brand_sequence) AS files
FROM brand_drafts JOIN brands ON brands.sequence = brand_drafts.brand_sequence JOIN brand_versions ON brand_versions.sequence = based_on
WHERE brand_drafts.brand_sequence = ?`;

export function createBrandDraftRepository(context: RepositoryContext): BrandDraftRepository {
  const { database, clock } = context;
  const requireBrand = (brandId: BrandId) => requireSequence(database, 'brands', brandId, 'brand.notFound');
  function read(brandSequence: number): BrandDraft | null {
    const found = database.find(draftRow, selectDraft, brandSequence);
    return found === null ? null : brandDraftSchema.parse(found);
  }
  return {
    get: (brandId) => read(requireBrand(brandId)),
    save: (brandId, basedOn, { kit, files }) =>
      database.write(() => {
        const brandSequence = requireBrand(brandId);
        const versionSequence = requireSequence(database, 'brand_versions', basedOn, 'brand.notFound');
        database.run('DELETE FROM brand_drafts WHERE brand_sequence = ?', brandSequence);
        database.run(
          'INSERT INTO brand_drafts (brand_sequence, based_on, kit, updated_at_ms) VALUES (?, ?, ?, ?)',
          brandSequence,
          versionSequence,
          JSON.stringify(kit),
          clock.nowMs(),
        );
        for (const [name, hash] of Object.entries(files)) {
          keepObject(context, hash);
          database.run(
            'INSERT INTO brand_draft_files (brand_sequence, name, hash) VALUES (?, ?, ?)',
            brandSequence,
            name,
            hash,
          );
        }
        const saved = read(brandSequence);
        if (saved === null) {
          throw new Error(`The draft of brand ${brandId} vanished while it was saved.`);
        }
        database.note('brand.drafted', [brandId]);
        return saved;
      }),
    discard: (brandId) =>
      database.write(() => {
        const discarded = database.run('DELETE FROM brand_drafts WHERE brand_sequence = ?', requireBrand(brandId)) > 0;
        if (discarded) database.note('brand.draftDiscarded', [brandId]);
        return discarded;
      }),
  };
}
