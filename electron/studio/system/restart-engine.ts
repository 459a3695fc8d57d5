import type { EngineKind } from '../../contract/engine-protocol.ts';
import type { StudioContext } from './studio-context.ts';

/** A person wants a fresh start: the engine forgets its crashes, and the lanes that waited for it go on. @throws engine.unavailable */
export async function restartEngine(
  { engines, gates }: StudioContext,
  kind: EngineKind,
): Promise<Record<string, never>> {
  await engines.restart(kind);
  if (kind === 'image' || kind === 'text') gates.of[kind].open();
  return {};
}
