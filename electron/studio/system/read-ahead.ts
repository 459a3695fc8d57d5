import type { AssetRepository } from '../../library/repositories/asset-repository.ts';

/** Between two parts, so that whoever asks for something meanwhile is answered first. */
const PAUSE_MS = 5;
/** The page is served before. */
const FIRST_PAUSE_MS = 100;
/** Numbers are looked at later than pictures. */
const CHECKS_PAUSE_MS = 2000;
const BETWEEN_CHECKS_MS = 30;

/**
 * Reads what the gallery's and the compliance screen's questions need while nobody waits, so that the first look at it does not. Returns what ends it; a failure ends it too and is met
 * again by whoever asks.
 */
export function readAhead(assets: Pick<AssetRepository, 'readAhead' | 'readChecksAhead'>): () => void {
  let timer = setTimeout(readAssets, FIRST_PAUSE_MS);
  timer.unref();
  function next(step: () => void, pauseMs: number): void {
    timer = setTimeout(step, pauseMs);
    timer.unref();
  }
  function readAssets(): void {
    try {
      if (assets.readAhead()) next(readAssets, PAUSE_MS);
      else next(readChecks, CHECKS_PAUSE_MS);
    } catch {
      return;
    }
  }
  function readChecks(): void {
    try {
      if (assets.readChecksAhead()) next(readChecks, BETWEEN_CHECKS_MS);
    } catch {
      return;
    }
  }
  return () => clearTimeout(timer);
}
