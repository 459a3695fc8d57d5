import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCatalogue } from './errors.ts';
import type { ErrorCode } from './errors.ts';

type ErrorsFor<Codes extends ErrorCode> = { [Code in Codes]: { data: (typeof errorCatalogue)[Code] } };

/** Failures that any procedure may end with, besides those that it declares itself. */
const everywhere = [
  'input.invalid',
  'access.denied',
  'access.tooManyStreams',
  'library.readOnly',
  'library.diskFull',
  'internal.unexpected',
] as const;

/** Starts a procedure whose declared failures are the given codes of the catalogue and the ones that may happen everywhere. */
export function procedure<const Codes extends ErrorCode = never>(...codes: Codes[]) {
  const declared = Object.fromEntries([...everywhere, ...codes].map((code) => [code, { data: errorCatalogue[code] }]));
  return oc.errors(declared as ErrorsFor<Codes | (typeof everywhere)[number]>);
}

export const emptySchema = z.strictObject({});
