import { ORPCError } from '@orpc/client';
import { errorCatalogue, isStudioError } from '../../electron/contract/errors.ts';
import type { ErrorCode, ErrorData, ErrorRecord } from '../../electron/contract/errors.ts';
import { formatBytes, formatDuration, formatMebibytes } from '../lib/format.ts';
import { message } from '../lib/messages/message.ts';
import { ConnectionLost } from './connection.ts';

export interface ErrorAdvice {
  title: string;
  advice: string | null;
  /** Whether the same call may well succeed when it is made again. */
  retry: boolean;
}

type AdviceTable = { [Code in ErrorCode]: (data: ErrorData<Code>) => ErrorAdvice };

function once(title: string, advice: string | null = null): ErrorAdvice {
  return { title, advice, retry: false };
}
function again(title: string, advice: string | null = null): ErrorAdvice {
  return { title, advice, retry: true };
}
const gone = (title: string) => once(title, message('error.gone.advice'));
const orNobody = (names: string[]) => names.join(', ') || message('common.none');

const inviteTitles = {
  unknown: 'error.inviteUnknown',
  used: 'error.inviteUsed',
  expired: 'error.inviteExpired',
  takenBack: 'error.inviteTakenBack',
} as const;

/** The one table from a failure to what the user reads and may do. */
const adviceTable: AdviceTable = {
  'input.invalid': ({ issues }) =>
    once(message('error.inputInvalid'), issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ')),
  'access.denied': ({ role }) => once(message('error.accessDenied'), message('error.accessDenied.advice', { role })),
  'access.tooManyStreams': (data) =>
    once(message('error.tooManyStreams'), message('error.tooManyStreams.advice', data)),
  'person.notFound': () => gone(message('error.personNotFound')),
  'person.isOwner': () => once(message('error.personIsOwner'), message('error.personIsOwner.advice')),
  'person.nameTaken': (data) => once(message('error.personNameTaken', data), message('error.personNameTaken.advice')),
  'invite.notFound': () => gone(message('error.inviteNotFound')),
  'invite.notOpen': ({ why }) => once(message(inviteTitles[why]), message('error.inviteNotOpen.advice')),
  'library.locked': ({ owner }) =>
    again(message('error.libraryLocked'), message('error.libraryLocked.advice', { owner })),
  'library.tooNew': (data) => once(message('error.libraryTooNew'), message('error.libraryTooNew.advice', data)),
  'library.readOnly': ({ reason }) => once(message('error.libraryReadOnly'), reason),
  'library.damaged': (data) => once(message('error.libraryDamaged'), message('error.libraryDamaged.advice', data)),
  'library.notALibrary': ({ what }) => once(message('error.libraryNotALibrary'), what),
  'library.diskFull': ({ volume, neededBytes, freeBytes }) => {
    const free = formatBytes(freeBytes ?? 0);
    if (neededBytes === null)
      return again(message('error.libraryDiskFull'), message('error.libraryDiskFull.advice', { volume, free }));
    return again(
      message('error.libraryDiskFull'),
      message('error.libraryDiskFull.adviceNeeded', { volume, free, needed: formatBytes(neededBytes) }),
    );
  },
  'library.objectMissing': ({ hash }) =>
    once(
      message('error.libraryObjectMissing'),
      message('error.libraryObjectMissing.advice', { hash: hash.slice(0, 12) }),
    ),
  'library.unsupportedFile': ({ name, reason }) => once(message('error.libraryUnsupportedFile', { name }), reason),
  'brief.invalid': ({ line, field, reason, expected }) => {
    const advice = message('error.expected', {
      reason: reason.replace(/\.$/, ''),
      expected: expected.replace(/\.$/, ''),
    });
    if (field !== null) return once(message('error.briefInvalid.field', { field }), advice);
    return once(line === null ? message('error.briefInvalid') : message('error.briefInvalid.line', { line }), advice);
  },
  'brief.notFound': () => gone(message('error.briefNotFound')),
  'brand.invalid': ({ field, reason, expected }) =>
    once(
      message('error.brandInvalid', { field }),
      message('error.expected', { reason: reason.replace(/\.$/, ''), expected: expected.replace(/\.$/, '') }),
    ),
  'brand.fileMissing': (data) =>
    once(message('error.brandFileMissing'), message('error.brandFileMissing.advice', data)),
  'brand.sourceRefused': ({ file, reason, expected }) =>
    once(message('error.brandSourceRefused', { file }), message('error.expected', { reason, expected })),
  'rescore.notFound': () => gone(message('error.rescoreNotFound')),
  'rescore.empty': () => once(message('error.rescoreEmpty'), message('error.rescoreEmpty.advice')),
  'brand.notFound': () => gone(message('error.brandNotFound')),
  'deliverable.notFound': () => gone(message('error.deliverableNotFound')),
  'format.notFound': () => gone(message('error.formatNotFound')),
  'plan.notFound': () => gone(message('error.planNotFound')),
  'plan.empty': (data) => once(message('error.planEmpty'), message('error.planEmpty.advice', data)),
  'plan.tooLarge': (data) => once(message('error.planTooLarge'), message('error.planTooLarge.advice', data)),
  'batch.notFound': () => gone(message('error.batchNotFound')),
  'run.notFound': () => gone(message('error.runNotFound')),
  'run.wrongState': ({ state, wanted }) =>
    once(message('error.runWrongState', { state }), message('error.runWrongState.advice', { wanted })),
  'job.needFailed': () => once(message('error.needFailed'), message('error.needFailed.advice')),
  'asset.notFound': () => gone(message('error.assetNotFound')),
  'asset.notMade': ({ name }) => once(message('error.assetNotMade', { name }), message('error.assetNotMade.advice')),
  'assetList.notFound': () => gone(message('error.assetListNotFound')),
  'review.nothingToUndo': () => once(message('error.nothingToUndo'), message('error.nothingToUndo.advice')),
  'delivery.empty': (data) => once(message('error.deliveryEmpty'), message('error.deliveryEmpty.advice', data)),
  'delivery.notFound': () => gone(message('error.deliveryNotFound')),
  'delivery.targetExists': (data) =>
    once(message('error.deliveryTargetExists'), message('error.deliveryTargetExists.advice', data)),
  'engine.unavailable': ({ kind, reason }) => again(message('error.engineUnavailable', { kind }), reason),
  'engine.crashed': ({ kind, lastWords }) =>
    again(
      message('error.engineCrashed', { kind }),
      message('error.engineCrashed.advice', { lastWords: lastWords || message('common.none') }),
    ),
  'engine.hung': ({ kind, silentMs }) =>
    again(
      message('error.engineHung', { kind }),
      message('error.engineHung.advice', { seconds: formatDuration(silentMs / 1000) }),
    ),
  'engine.outOfMemory': ({ kind, neededMiB, freeMiB, holders }) => {
    const title = message('error.engineOutOfMemory', { kind });
    if (neededMiB === null || freeMiB === null)
      return again(title, message('error.engineOutOfMemory.advice', { holders: orNobody(holders) }));
    return again(
      title,
      message('error.engineOutOfMemory.adviceNeeded', {
        needed: formatMebibytes(neededMiB),
        free: formatMebibytes(freeMiB),
        holders: orNobody(holders),
      }),
    );
  },
  'engine.badReply': ({ kind, reason }) => again(message('error.engineBadReply', { kind }), reason),
  'engine.failed': ({ kind, reason }) => again(message('error.engineFailed', { kind }), reason),
  'engine.poisonJob': (data) => once(message('error.enginePoisonJob'), message('error.enginePoisonJob.advice', data)),
  'model.fileMissing': ({ model, file }) =>
    once(message('error.modelFileMissing', { model }), message('error.modelFileMissing.advice', { file })),
  'model.damaged': ({ model, file, reason }) =>
    once(message('error.modelDamaged', { model }), message('error.modelDamaged.advice', { file, reason })),
  'model.wrongKind': ({ model, found, wanted }) =>
    once(message('error.modelWrongKind', { model }), message('error.modelWrongKind.advice', { found, wanted })),
  'model.unsupportedSetting': ({ file, field, found, supported }) =>
    once(
      message('error.modelUnsupportedSetting', { file }),
      message('error.modelUnsupportedSetting.advice', { field, found, supported: supported.join(', ') }),
    ),
  'model.notInstalled': ({ wanted, installed }) =>
    once(
      message('error.modelNotInstalled', { wanted }),
      message('error.modelNotInstalled.advice', { installed: orNobody(installed) }),
    ),
  'text.invalidAnswer': ({ task, tries, reason }) =>
    again(message('error.textInvalidAnswer', { task }), message('error.textInvalidAnswer.advice', { tries, reason })),
  'internal.unexpected': ({ logId }) =>
    again(message('error.internalUnexpected'), message('error.internalUnexpected.advice', { logId })),
};

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

function adviseByCode(code: ErrorCode, data: unknown, text: string): ErrorAdvice {
  const parsed = errorCatalogue[code].safeParse(data);
  // The catalogue entry of a code parses to exactly the data that the table takes for it; a union of schemas hides this from the compiler.
  const advise: (data: never) => ErrorAdvice = adviceTable[code];
  return parsed.success ? advise(parsed.data as never) : once(message('error.unknown'), text);
}

/** Failures come over the wire as oRPC errors, and as studio errors from the rules that the page shares with the studio. */
function isCoded(error: unknown): error is Error & { code: string; data: unknown } {
  return error instanceof ORPCError || isStudioError(error);
}

/** What to tell the user about any failure of a call. */
export function adviseOnError(error: unknown): ErrorAdvice {
  if (error instanceof ConnectionLost)
    return again(message('error.connectionLost'), message('error.connectionLost.advice'));
  if (isCoded(error) && isErrorCode(error.code)) return adviseByCode(error.code, error.data, error.message);
  return again(message('error.unknown'), error instanceof Error ? error.message : null);
}

/** The same for a failure that came as data: a failed job, a failed deliverable. */
export function adviseOnRecord(record: ErrorRecord): ErrorAdvice {
  return adviseByCode(record.code, record.data, record.message);
}

/** The code and checked data of a failure, for screens that place it at a field or line. Null for anything else. */
export function dataOfError<Code extends ErrorCode>(error: unknown, code: Code): ErrorData<Code> | null {
  if (!isCoded(error) || error.code !== code) return null;
  const parsed = errorCatalogue[code].safeParse(error.data);
  return parsed.success ? (parsed.data as ErrorData<Code>) : null;
}
