import { z } from 'zod';

/** 26 lower-case Crockford base-32 characters: 48 bits of milliseconds, then 80 random bits (the ULID layout), so ids sort by creation. */
const ulidPattern = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

function idSchema<const Name extends string>(name: Name) {
  return z.string().regex(ulidPattern, `not a ${name}`).brand<Name>();
}

export const briefIdSchema = idSchema('BriefId');
export const brandIdSchema = idSchema('BrandId');
export const brandVersionIdSchema = idSchema('BrandVersionId');
export const deliverableIdSchema = idSchema('DeliverableId');
export const planIdSchema = idSchema('PlanId');
export const cellIdSchema = idSchema('CellId');
/** Of any run: a batch, a re-scoring, an ideation, an export... */
export const runIdSchema = idSchema('RunId');
/** A batch is the run of a plan. */
export const batchIdSchema = idSchema('RunId');
export const jobIdSchema = idSchema('JobId');
export const assetIdSchema = idSchema('AssetId');
/** An order of assets that a page looks at; it lives as long as the studio at most. */
export const assetListIdSchema = idSchema('AssetListId');
export const verdictIdSchema = idSchema('VerdictId');
export const deliveryIdSchema = idSchema('DeliveryId');
/** A re-scoring is a run. */
export const rescoreIdSchema = idSchema('RunId');
export const inviteIdSchema = idSchema('InviteId');

/** Who the machine belongs to: the first admin. Libraries knew this word before people had rows, so what the owner did then is still theirs. */
const OWNER = 'owner';
export const personIdSchema = z
  .string()
  .refine((text) => text === OWNER || ulidPattern.test(text), 'not a PersonId')
  .brand<'PersonId'>();
export const ownerId = personIdSchema.parse(OWNER);

/** SHA-256 of a file's bytes, 64 lower-case hexadecimal digits. It is the name of an object in the library. */
export const objectHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a SHA-256')
  .brand<'ObjectHash'>();

export type BriefId = z.infer<typeof briefIdSchema>;
export type BrandId = z.infer<typeof brandIdSchema>;
export type BrandVersionId = z.infer<typeof brandVersionIdSchema>;
export type DeliverableId = z.infer<typeof deliverableIdSchema>;
export type PlanId = z.infer<typeof planIdSchema>;
export type CellId = z.infer<typeof cellIdSchema>;
export type RunId = z.infer<typeof runIdSchema>;
export type BatchId = RunId;
export type JobId = z.infer<typeof jobIdSchema>;
export type AssetId = z.infer<typeof assetIdSchema>;
export type AssetListId = z.infer<typeof assetListIdSchema>;
export type VerdictId = z.infer<typeof verdictIdSchema>;
export type DeliveryId = z.infer<typeof deliveryIdSchema>;
export type RescoreId = RunId;
export type InviteId = z.infer<typeof inviteIdSchema>;
export type PersonId = z.infer<typeof personIdSchema>;
export type ObjectHash = z.infer<typeof objectHashSchema>;

/** Milliseconds since 1970-01-01 UTC. */
export const timestampMsSchema = z.int().nonnegative();

/** Seeds are unsigned 32-bit integers, so that they survive JSON and every number type on the way. */
export const seedSchema = z.int().min(0).max(4_294_967_295);
