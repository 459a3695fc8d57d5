import { StudioError } from '../contract/errors.ts';

/** Refuses a file of a kit, naming the field that asks for it and what would be right. @throws brand.invalid */
export function refuseKitFile(file: string, field: string, reason: string, expected: string, cause?: unknown): never {
  throw new StudioError(
    'brand.invalid',
    `${file} (${field}): ${reason}. Expected ${expected}.`,
    { file, field, reason, expected },
    { cause },
  );
}
