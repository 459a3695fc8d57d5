import type { BrandId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';

const lines = new WeakMap<Library, Map<BrandId, Promise<unknown>>>();

/**
 * Does what changes a brand's draft one after the other, in the order in which it was asked for: keeping a draft takes a while where its files are opened, and one that
 * was begun before the draft was discarded, or frozen as a version, must not land behind that.
 */
export function takeTurn<Result>(library: Library, brandId: BrandId, work: () => Promise<Result>): Promise<Result> {
  const ofLibrary = lines.get(library) ?? new Map<BrandId, Promise<unknown>>();
  lines.set(library, ofLibrary);
  const before = ofLibrary.get(brandId) ?? Promise.resolve();
  const turn = before.then(work, work);
  const settled = turn.then(
    () => leave(),
    () => leave(),
  );
  ofLibrary.set(brandId, settled);
  function leave(): void {
    if (ofLibrary.get(brandId) === settled) ofLibrary.delete(brandId);
  }
  return turn;
}
