import { toStudioError } from '../studio/rpc/wire-error.ts';
import type { FailureLog } from '../studio/rpc/guard.ts';

export type RejectionWatch = { readonly logFailure: FailureLog; readonly newLogId: () => string };

/**
 * What a host does with a rejection that nobody handles: the studio goes on, the failure stands in its log with its stack, and standard error names it.
 * Node would end the process. Whoever depends on the promise hears of it by itself; whoever does not must not take the studio down.
 */
export function watchRejections({ logFailure, newLogId }: RejectionWatch): () => void {
  const note = (error: unknown) => {
    const known = toStudioError(error, newLogId);
    const logId = known.code === 'internal.unexpected' && 'logId' in known.data ? known.data.logId : newLogId();
    logFailure({ logId, procedure: 'promise without a handler', error });
    process.stderr.write(`housestyle: ${known.message} (${known.code}; ${logId} in studio.log)\n`);
  };
  process.on('unhandledRejection', note);
  return () => void process.off('unhandledRejection', note);
}
