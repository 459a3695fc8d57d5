import type { z } from 'zod';
import type { Role } from '../../contract/authorisation.ts';
import type { systemContract } from '../../contract/system.ts';
import type { StudioContext } from '../studio-context.ts';

export type StudioDescription = z.infer<NonNullable<(typeof systemContract)['about']['~orpc']['outputSchema']>>;

export function describeStudio({ facts, library, startedAtMs }: StudioContext, role: Role): StudioDescription {
  return {
    version: facts.version,
    libraryName: library.name,
    readOnly: library.readOnly !== null,
    role,
    platform: facts.platform,
    startedAtMs,
  };
}
