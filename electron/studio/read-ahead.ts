import type { AssetRepository } from '../library/repositories/asset-repository.ts';

/** Between two parts, so that whoever asks for something meanwhile is answered first. */
const PAUSE_MS = 5;
/** The page is served before. */
const FIRST_PAUSE_MS = 100;

/** Reads what the gallery's questions need while nobody waits, so that the first look at it does not. Returns what ends it; a failure ends it too and is met again by whoever asks. */
export function readAhead(assets: Pick<AssetRepository, 'readAhead'>): () => void {
  let timer = setTimeout(step, FIRST_PAUSE_MS);
  timer.unref();
  function step(): void {
    let more = false;
    try {
      more = assets.readAhead();
    } catch {
      return;
    }
    if (!more) return;
    timer = setTimeout(step, PAUSE_MS);
    timer.unref();
  }
  return () => clearTimeout(timer);
}
