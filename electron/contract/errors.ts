import { z } from 'zod';

/**
 * The closed catalogue of failures that may cross a process border. The data of each entry holds what the user needs next;
 * title and advice are the renderer's. Codes read `topic.reason`.
 */
export const errorCatalogue = {
  'input.invalid': z.strictObject({
    issues: z.array(z.strictObject({ path: z.string(), message: z.string() })).max(50),
  }),
  'access.denied': z.strictObject({ procedure: z.string(), role: z.string() }),
  'access.tooManyStreams': z.strictObject({ limit: z.int() }),
  'person.notFound': z.strictObject({ id: z.string() }),
  /** The owner of the machine stays an admin: without one nobody could invite. */
  'person.isOwner': z.strictObject({ id: z.string() }),
  'person.nameTaken': z.strictObject({ name: z.string() }),
  'invite.notFound': z.strictObject({ id: z.string() }),
  'invite.notOpen': z.strictObject({ why: z.enum(['unknown', 'used', 'expired', 'takenBack']) }),
  'library.locked': z.strictObject({ owner: z.string() }),
  'library.tooNew': z.strictObject({ found: z.int(), supported: z.int() }),
  'library.readOnly': z.strictObject({ reason: z.string() }),
  'library.damaged': z.strictObject({ what: z.string(), remedy: z.string() }),
  'library.notALibrary': z.strictObject({ what: z.string() }),
  'library.diskFull': z.strictObject({
    volume: z.string(),
    neededBytes: z.int().nullable(),
    freeBytes: z.int().nullable(),
  }),
  'library.objectMissing': z.strictObject({ hash: z.string() }),
  'library.unsupportedFile': z.strictObject({ name: z.string(), reason: z.string() }),
  'brief.invalid': z.strictObject({
    file: z.string(),
    line: z.int().nullable(),
    field: z.string().nullable(),
    reason: z.string(),
    expected: z.string(),
  }),
  'brief.notFound': z.strictObject({ id: z.string() }),
  'brand.invalid': z.strictObject({ file: z.string(), field: z.string(), reason: z.string(), expected: z.string() }),
  'brand.fileMissing': z.strictObject({ file: z.string(), field: z.string() }),
  'brand.notFound': z.strictObject({ id: z.string() }),
  'brand.sourceRefused': z.strictObject({ file: z.string(), reason: z.string(), expected: z.string() }),
  'rescore.notFound': z.strictObject({ id: z.string() }),
  'rescore.empty': z.strictObject({}),
  'deliverable.notFound': z.strictObject({ id: z.string() }),
  'format.notFound': z.strictObject({ id: z.string() }),
  'plan.notFound': z.strictObject({ id: z.string() }),
  'plan.empty': z.strictObject({ missing: z.string() }),
  'plan.tooLarge': z.strictObject({ cells: z.int(), limit: z.int() }),
  'run.notFound': z.strictObject({ id: z.string() }),
  'run.wrongState': z.strictObject({ state: z.string(), wanted: z.string() }),
  'job.needFailed': z.strictObject({ job: z.string() }),
  'batch.notFound': z.strictObject({ id: z.string() }),
  'asset.notFound': z.strictObject({ id: z.string() }),
  'asset.notMade': z.strictObject({ id: z.string(), name: z.string() }),
  'assetList.notFound': z.strictObject({ id: z.string() }),
  'review.nothingToUndo': z.strictObject({}),
  'delivery.empty': z.strictObject({ filter: z.string() }),
  'delivery.notFound': z.strictObject({ id: z.string() }),
  'delivery.targetExists': z.strictObject({ name: z.string() }),
  'engine.unavailable': z.strictObject({ kind: z.string(), reason: z.string(), retryAtMs: z.int().nullable() }),
  'engine.crashed': z.strictObject({
    kind: z.string(),
    exitCode: z.int().nullable(),
    signal: z.string().nullable(),
    lastWords: z.string(),
    /** Whether it was at work on a job; false where it died while it started or loaded its model. */
    begun: z.boolean().optional(),
  }),
  'engine.hung': z.strictObject({ kind: z.string(), silentMs: z.int(), begun: z.boolean().optional() }),
  'engine.outOfMemory': z.strictObject({
    kind: z.string(),
    neededMiB: z.number().nullable(),
    freeMiB: z.number().nullable(),
    holders: z.array(z.string()),
    /** Whether it was at work on a job; false where a model found no room. */
    begun: z.boolean().optional(),
  }),
  'engine.badReply': z.strictObject({ kind: z.string(), reason: z.string() }),
  'engine.failed': z.strictObject({ kind: z.string(), reason: z.string() }),
  'engine.poisonJob': z.strictObject({ kind: z.string(), crashes: z.int() }),
  'model.fileMissing': z.strictObject({ model: z.string(), file: z.string() }),
  'model.damaged': z.strictObject({ model: z.string(), file: z.string(), reason: z.string() }),
  'model.wrongKind': z.strictObject({ model: z.string(), found: z.string(), wanted: z.string() }),
  'model.unsupportedSetting': z.strictObject({
    file: z.string(),
    field: z.string(),
    found: z.string(),
    supported: z.array(z.string()),
  }),
  'model.notInstalled': z.strictObject({ wanted: z.string(), installed: z.array(z.string()) }),
  'text.invalidAnswer': z.strictObject({ task: z.string(), tries: z.int(), reason: z.string() }),
  'internal.unexpected': z.strictObject({ logId: z.string() }),
} as const;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorData<Code extends ErrorCode> = z.infer<(typeof errorCatalogue)[Code]>;

export const errorCodeSchema = z.enum(Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]]);

/** What an error looks like on the wire and in a stored row. `data` is checked against the catalogue by `reviveError`. */
export const errorRecordSchema = z.strictObject({
  code: errorCodeSchema,
  message: z.string().max(2000),
  data: z.record(z.string(), z.unknown()),
});
export type ErrorRecord = z.infer<typeof errorRecordSchema>;

/** The one error class that crosses process borders. `message` is one plain sentence in English for logs and the command line. */
export class StudioError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'StudioError';
  readonly code: Code;
  readonly data: ErrorData<Code>;

  constructor(code: Code, message: string, data: ErrorData<Code>, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.data = data;
  }

  toRecord(): ErrorRecord {
    return {
      code: this.code,
      message: this.message.slice(0, 2000),
      data: { ...(this.data as Record<string, unknown>) },
    };
  }
}

export function isStudioError(value: unknown): value is StudioError {
  return value instanceof StudioError;
}

/** Rebuilds an error from its record. Data that does not fit the catalogue is dropped rather than hiding the error itself. */
export function reviveError(record: ErrorRecord): StudioError {
  const parsed = errorCatalogue[record.code].safeParse(record.data);
  const data = parsed.success ? parsed.data : {};
  return new StudioError(record.code, record.message, data);
}
