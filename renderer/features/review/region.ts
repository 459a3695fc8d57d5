import type { Region } from '../../../electron/contract/compliance.ts';
import type { SizePx } from './zoom.ts';

/** A region of a picture in percent of its edges, cut to the picture, for an outline drawn over it at any size. Null when nothing is left of it. */
export function toPercentRegion(
  region: Region,
  picture: SizePx,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | null {
  const left = Math.max(0, region.x);
  const top = Math.max(0, region.y);
  const right = Math.min(picture.width, region.x + region.width);
  const bottom = Math.min(picture.height, region.y + region.height);
  if (right <= left || bottom <= top) return null;
  return {
    left: (left / picture.width) * 100,
    top: (top / picture.height) * 100,
    width: ((right - left) / picture.width) * 100,
    height: ((bottom - top) / picture.height) * 100,
  };
}
