import { z } from 'zod';
import { brandKitSchema } from '../../contract/brand.ts';
import type { BrandKit, BrandSummary, BrandVersion } from '../../contract/brand.ts';
import {
  brandIdSchema,
  brandVersionIdSchema,
  objectHashSchema,
  timestampMsSchema,
} from '../../contract/identifiers.ts';
import type { BrandId, BrandVersionId, ObjectHash } from '../../contract/identifiers.ts';
import { countColumn, jsonColumn } from '../database/row-columns.ts';
import { writeDocument } from './document-index.ts';
import { keepObject, notFound, requireSequence } from './repository-context.ts';
import type { RepositoryContext } from './repository-context.ts';

/** Files of the kit by their name in it; the objects are in the store already. */
export type BrandVersionContent = { readonly kit: BrandKit; readonly files: Readonly<Record<string, ObjectHash>> };

/** Versions are frozen: the database itself refuses to change one. */
export type BrandRepository = {
  /** By name. */
  list(): BrandSummary[];
  /** Newest first. @throws brand.notFound */
  versions(brandId: BrandId): BrandVersion[];
  /** @throws brand.notFound */
  version(brandVersionId: BrandVersionId): BrandVersion;
  /** Adds a brand with version 1. @throws library.objectMissing */
  create(content: BrandVersionContent): BrandVersion;
  /** Adds the next version of a brand. @throws brand.notFound, library.objectMissing */
  addVersion(brandId: BrandId, content: BrandVersionContent): BrandVersion;
};

const versionRow = z.object({
  id: brandVersionIdSchema,
  brandId: brandIdSchema,
  number: z.int().min(1),
  kit: jsonColumn(brandKitSchema),
  files: jsonColumn(z.record(z.string(), objectHashSchema)),
  createdAtMs: timestampMsSchema,
});
const brandRow = z.object({
  sequence: countColumn,
  id: brandIdSchema,
  name: z.string(),
  versionCount: countColumn,
  assetCount: countColumn,
});

const selectVersions = `
SELECT brand_versions.id, brands.id AS brandId, number, kit, created_at_ms AS createdAtMs,
  (SELECT json_group_object(name, hash) FROM brand_files WHERE brand_version_sequence = brand_versions.sequence) AS files
FROM brand_versions JOIN brands ON brands.sequence = brand_sequence`;
const selectBrands = `
SELECT sequence, id, name,
  (SELECT count(*) FROM brand_versions WHERE brand_sequence = brands.sequence) AS versionCount,
  (SELECT count(*) FROM brand_versions JOIN assets ON brand_version_sequence = brand_versions.sequence
    WHERE brand_sequence = brands.sequence AND binned_at_ms IS NULL) AS assetCount
FROM brands ORDER BY name COLLATE NOCASE, sequence`;

export function createBrandRepository(context: RepositoryContext): BrandRepository {
  const { database } = context;
  function version(brandVersionId: BrandVersionId): BrandVersion {
    const found = database.find(versionRow, `${selectVersions} WHERE brand_versions.id = ?`, brandVersionId);
    if (found === null) {
      throw notFound('brand.notFound', brandVersionId);
    }
    return found;
  }
  function versionsOf(brandSequence: number): BrandVersion[] {
    return database.all(versionRow, `${selectVersions} WHERE brand_sequence = ? ORDER BY number DESC`, brandSequence);
  }
  return {
    version,
    list: () =>
      database.all(brandRow, selectBrands).flatMap(({ sequence, ...rest }) => {
        const [latest] = database.all(
          versionRow,
          `${selectVersions} WHERE brand_sequence = ? ORDER BY number DESC LIMIT 1`,
          sequence,
        );
        return latest === undefined ? [] : [{ ...rest, latest }];
      }),
    versions: (brandId) => versionsOf(requireSequence(database, 'brands', brandId, 'brand.notFound')),
    create: (content) =>
      database.write(() => {
        const brandId = brandIdSchema.parse(context.newId());
        const brandSequence = database.insert('INSERT INTO brands (id, name) VALUES (?, ?)', brandId, content.kit.name);
        const versionId = insertVersion(context, brandSequence, 1, content);
        database.note('brand.created', [brandId], { cause: versionId });
        return version(versionId);
      }),
    addVersion: (brandId, content) =>
      database.write(() => {
        const brandSequence = requireSequence(database, 'brands', brandId, 'brand.notFound');
        const number =
          database.count('SELECT max(number) FROM brand_versions WHERE brand_sequence = ?', brandSequence) + 1;
        database.run('UPDATE brands SET name = ? WHERE sequence = ?', content.kit.name, brandSequence);
        const versionId = insertVersion(context, brandSequence, number, content);
        database.note('brand.versioned', [brandId], { cause: versionId });
        return version(versionId);
      }),
  };
}

function insertVersion(
  context: RepositoryContext,
  brandSequence: number,
  number: number,
  { kit, files }: BrandVersionContent,
): BrandVersionId {
  const { database, clock, newId } = context;
  const brandVersionId = brandVersionIdSchema.parse(newId());
  const sequence = database.insert(
    'INSERT INTO brand_versions (id, brand_sequence, number, kit, created_at_ms) VALUES (?, ?, ?, ?, ?)',
    brandVersionId,
    brandSequence,
    number,
    JSON.stringify(kit),
    clock.nowMs(),
  );
  for (const [name, hash] of Object.entries(files)) {
    keepObject(context, hash);
    database.run('INSERT INTO brand_files (brand_version_sequence, name, hash) VALUES (?, ?, ?)', sequence, name, hash);
  }
  const body = [
    kit.voice.tone,
    ...kit.voice.say,
    ...kit.palette.map((colour) => colour.name),
    ...kit.style.promptParts,
  ].join('\n');
  writeDocument(database, { kind: 'brand', ownerSequence: brandSequence, title: kit.name, body });
  return brandVersionId;
}
