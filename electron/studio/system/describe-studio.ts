import type { z } from 'zod';
import type { systemContract } from '../../contract/system.ts';
import type { Connection } from '../people/caller.ts';
import type { StudioContext } from './studio-context.ts';

export type StudioDescription = z.infer<NonNullable<(typeof systemContract)['about']['~orpc']['outputSchema']>>;

export function describeStudio(
  { facts, library, startedAtMs }: StudioContext,
  { role, sharesMachine = false }: Connection,
): StudioDescription {
  return {
    version: facts.version,
    libraryName: library.name,
    readOnly: library.readOnly !== null,
    role,
    sharesMachine,
    platform: facts.platform,
    startedAtMs,
    restartedAfter: facts.restartedAfter,
  };
}
