import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importBrandFolder } from '../brand/import-brand-folder.ts';
import { createBrief } from '../brief/create-brief.ts';
import type { StudioContext } from './studio-context.ts';

/** Puts an example brand and its briefs into a library, by the same ways as a user's own. A folder that is not there brings nothing. */
export async function importExamples(context: StudioContext, folder: string): Promise<void> {
  const kitFile = join(folder, 'brand.json');
  if (!existsSync(kitFile)) return;
  await importBrandFolder(context, kitFile);
  const briefs = readdirSync(folder)
    .filter((name) => /^brief.*\.md$/.test(name))
    .sort();
  // The last one stands first in the library.
  for (const name of briefs.reverse()) createBrief(context, readFileSync(join(folder, name)), name);
}
