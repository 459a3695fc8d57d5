import { ORPCError, ValidationError } from '@orpc/server';
import type { ErrorCode, ErrorRecord } from '../../contract/errors.ts';
import { errorCatalogue, isStudioError, StudioError } from '../../contract/errors.ts';

const MAX_ISSUES = 50;
const MAX_TEXT = 300;
/** An absolute path of any system: at least two parts, or a drive letter. Only the last part is for other people's eyes. */
const absolutePath = /(?:\b[A-Za-z]:)?(?:[\\/](?:[^\\/\s'"`:;,<>|]+))+(?=[\\/]?)/g;

/** Cuts absolute paths in a text down to their last part. */
export function hidePaths(text: string): string {
  return text.replaceAll(absolutePath, (path, offset: number) => {
    const before = text[offset - 1];
    const isInsideWord = before !== undefined && /[\w.)\]]/.test(before);
    const parts = path.split(/[\\/]/).filter((part) => part !== '');
    if (isInsideWord || parts.length < 2) return path;
    return parts.at(-1) ?? path;
  });
}

function hidePathsDeeply(value: unknown): unknown {
  if (typeof value === 'string') return hidePaths(value);
  if (Array.isArray(value)) return value.map(hidePathsDeeply);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, hidePathsDeeply(entry)]));
  return value;
}

/** A record that may be stored or shown to whoever may read the batch. */
export function toSafeRecord(error: StudioError): ErrorRecord {
  const record = error.toRecord();
  return {
    ...record,
    message: hidePaths(record.message),
    data: hidePathsDeeply(record.data) as Record<string, unknown>,
  };
}

/** What a page gets to see of a studio error. */
export function toRpcError(error: StudioError): ORPCError<string, unknown> {
  const { code, message, data } = toSafeRecord(error);
  return new ORPCError(code, { message, data });
}

/** Input that does not fit its schema, or a body that cannot be read. Null when the error is something else. */
export function toInputError(error: unknown): StudioError<'input.invalid'> | null {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return null;
  const issues =
    error.cause instanceof ValidationError ? error.cause.issues : [{ message: 'the request cannot be read', path: [] }];
  return new StudioError('input.invalid', 'The request does not fit what this procedure takes.', {
    issues: issues.slice(0, MAX_ISSUES).map((issue) => ({
      path: (issue.path ?? [])
        .map((part) => String(typeof part === 'object' ? part.key : part))
        .join('.')
        .slice(0, MAX_TEXT),
      message: issue.message.slice(0, MAX_TEXT),
    })),
  });
}

/** Any failure as a studio error, for rows and for code that decides by `code`. The original stays as the cause. */
export function toStudioError(error: unknown, newLogId: () => string): StudioError {
  if (isStudioError(error)) return error;
  return new StudioError(
    'internal.unexpected',
    'Something unexpected went wrong inside the studio.',
    { logId: newLogId() },
    { cause: error },
  );
}

export function isDeclared(code: ErrorCode, errorMap: object): boolean {
  return Object.hasOwn(errorMap, code) && Object.hasOwn(errorCatalogue, code);
}
