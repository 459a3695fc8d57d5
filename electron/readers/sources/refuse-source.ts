import { StudioError } from '../../contract/errors.ts';

/** What one file says, before the findings have ids. */
export function refuseSource(file: string, reason: string, expected: string, cause?: unknown): never {
  throw new StudioError(
    'brand.sourceRefused',
    `${file}: ${reason}. Expected ${expected}.`,
    { file, reason, expected },
    { cause },
  );
}

/** Text sources are short; a larger one is no palette. */
export const MAX_TEXT_SOURCE_BYTES: number = 4 * 1024 * 1024;
