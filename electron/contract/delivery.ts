import { z } from 'zod';
import { assetFilterSchema, importSourceSchema, mediumSchema } from './asset.ts';
import { complianceReportSchema } from './compliance.ts';
import {
  assetIdSchema,
  brandVersionIdSchema,
  deliveryIdSchema,
  objectHashSchema,
  timestampMsSchema,
} from './identifiers.ts';
import { localeSchema } from './plan.ts';
import { formatIdSchema } from './format.ts';
import { emptySchema, procedure } from './procedure.ts';
import { recipeSchema } from './recipe.ts';
import { runSchema } from './run.ts';

const manifestFile = {
  file: z.string(),
  sha256: objectHashSchema,
  assetId: assetIdSchema,
  /** In pixels; 0 for what is heard or read. */
  width: z.int(),
  height: z.int(),
  status: z.string(),
  flag: z.string(),
  stars: z.int(),
};

/** `manifest.json` of an export. */
export const manifestSchema = z.strictObject({
  format: z.literal('housestyle-export'),
  version: z.literal(1),
  name: z.string(),
  createdAtMs: timestampMsSchema,
  brands: z.array(z.strictObject({ brandVersionId: brandVersionIdSchema, name: z.string(), number: z.int() })),
  files: z.array(
    z.discriminatedUnion('origin', [
      z.strictObject({
        origin: z.literal('made'),
        ...manifestFile,
        formatId: formatIdSchema,
        locale: localeSchema,
        headline: z.string(),
        body: z.string(),
        callToAction: z.string(),
        recipe: recipeSchema,
        report: complianceReportSchema,
      }),
      /** A file that was brought in and leaves with the bytes with which it came. */
      z.strictObject({
        origin: z.literal('imported'),
        ...manifestFile,
        medium: mediumSchema,
        source: importSourceSchema,
      }),
    ]),
  ),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const deliverySchema = z.strictObject({
  id: deliveryIdSchema,
  name: z.string(),
  /** Folder name under the library's exports, or the last part of the folder that the user chose. */
  folderName: z.string(),
  files: z.int(),
  bytes: z.int(),
  createdAtMs: timestampMsSchema,
});
export type Delivery = z.infer<typeof deliverySchema>;

export const deliveryContract = {
  list: procedure().input(emptySchema).output(z.array(deliverySchema)),
  /** The folder that holds an export: its path for who sits at this machine, null for others and where it is not in the library's exports any more. */
  locate: procedure('delivery.notFound')
    .input(z.strictObject({ deliveryId: deliveryIdSchema }))
    .output(z.strictObject({ path: z.string().nullable(), isThere: z.boolean() })),
  /** Begins a run that writes files, manifest.json, contact-sheet.png and contact-sheet.html into a new folder; the folder appears whole or not at all. */
  export: procedure('delivery.empty')
    .input(z.strictObject({ name: z.string().min(1).max(80), filter: assetFilterSchema }))
    .output(runSchema),
};
