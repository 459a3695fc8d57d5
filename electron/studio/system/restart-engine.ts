import type { EngineKind } from '../../contract/engine-protocol.ts';
import type { StudioContext } from '../studio-context.ts';

/** A person wants a fresh start: the engine forgets its crashes, and a queue that waited for it goes on. @throws engine.unavailable */
export async function restartEngine(
  { engines, gate }: StudioContext,
  kind: EngineKind,
): Promise<Record<string, never>> {
  await engines.restart(kind);
  if (kind === 'image') gate.open();
  return {};
}
