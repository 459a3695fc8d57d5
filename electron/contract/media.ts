import { z } from 'zod';
import { briefIdSchema, objectHashSchema } from './identifiers.ts';
import { procedure } from './procedure.ts';
import { runSchema } from './run.ts';

/** One file may have so many bytes. */
export const MAX_IMPORT_BYTES = 200 * 1024 * 1024;
/** Files of one import. */
export const MAX_IMPORT_FILES = 20_000;
/** Files of one import that a page sends itself. */
export const MAX_UPLOADS = 1_000;

/** What was left where it is, and why: `folder/.hidden` is hidden. */
export const leftOutSchema = z.strictObject({ name: z.string(), reason: z.string() });
export type LeftOut = z.infer<typeof leftOutSchema>;

/** Told by name; the rest is counted. */
export const MAX_LEFT_OUT = 200;

export const mediaContract = {
  /** Begins a run that brings in what the page has sent to the address for uploads, which answered with the hashes. */
  import: procedure('brief.notFound', 'library.objectMissing')
    .input(
      z.strictObject({
        files: z
          .array(z.strictObject({ name: z.string().min(1).max(1000), hash: objectHashSchema }))
          .min(1)
          .max(MAX_UPLOADS),
        briefId: briefIdSchema.nullable(),
      }),
    )
    .output(runSchema),
  /** The same for files and folders of the studio's own machine, for pages that sit at it. Folders are walked; the run is null where nothing is left to bring in. */
  importPaths: procedure('brief.notFound', 'library.unsupportedFile')
    .input(
      z.strictObject({
        paths: z.array(z.string().min(1).max(4096)).min(1).max(1_000),
        briefId: briefIdSchema.nullable(),
      }),
    )
    .output(
      z.strictObject({
        run: runSchema.nullable(),
        leftOut: z.array(leftOutSchema).max(MAX_LEFT_OUT),
        leftOutCount: z.int().nonnegative(),
      }),
    ),
};
