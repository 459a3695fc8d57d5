import { type ErrorData } from '../../contract/errors.ts';

/** Why nothing can be written. `tooNew` is set when a newer Housestyle wrote the library. */
export type ReadOnlyReason = { readonly reason: string; readonly tooNew: ErrorData<'library.tooNew'> | null };
