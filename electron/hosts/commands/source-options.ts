import { StudioError } from '../../contract/errors.ts';
import type { PictureSource } from '../../contract/recipe.ts';
import { importSource } from '../../studio/plan/import-source.ts';
import type { StudioContext } from '../../studio/system/studio-context.ts';

/** A picture to make the pictures from, the part of it that changes, and by how much. */
export type SourceOptions = {
  readonly from?: string;
  readonly mask?: string;
  readonly strength?: number;
};

/** How far a picture is changed unless the user says. */
const USUAL_STRENGTH = 0.6;

/** @throws input.invalid when a mask or a strength has no picture that it belongs to */
export function assertSourceWhole({ from, mask, strength }: SourceOptions): void {
  if (from !== undefined || (mask === undefined && strength === undefined)) return;
  const option = mask === undefined ? '--strength' : '--mask';
  throw new StudioError('input.invalid', `${option} needs a picture to start from: add --from <picture>.`, {
    issues: [{ path: 'from', message: `${option} without --from` }],
  });
}

/** Brings the picture and its mask into the library; null where the user names none. @throws library.unsupportedFile */
export async function readSourceOptions(
  context: StudioContext,
  { from, mask, strength }: SourceOptions,
): Promise<PictureSource | null> {
  if (from === undefined) return null;
  return importSource(context, { picture: from, mask: mask ?? null, strength: strength ?? USUAL_STRENGTH });
}
