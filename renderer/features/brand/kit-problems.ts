import type { BrandKit } from '../../../electron/contract/brand.ts';
import { brandKitSchema } from '../../../electron/contract/brand.ts';

/** What is wrong with an edited kit, by the path of the field ("palette.2.name"). Empty when it can be saved. */
export function findKitProblems(kit: BrandKit): ReadonlyMap<string, string> {
  const parsed = brandKitSchema.safeParse(kit);
  return new Map((parsed.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}
