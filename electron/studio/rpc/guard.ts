import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { authorisation } from '../../contract/authorisation.ts';
import { StudioError } from '../../contract/errors.ts';
import { studioContract } from '../../contract/index.ts';
import type { StudioContract } from '../../contract/index.ts';
import { isAllowed } from '../../contract/role.ts';
import type { Right } from '../../contract/role.ts';
import { actAs } from '../../library/database/acting.ts';
import type { Library } from '../../library/library.ts';
import { identifyCaller } from '../people/caller.ts';
import type { Caller, Connection } from '../people/caller.ts';
import { isDeclared, toInputError, toRpcError, toStudioError } from './wire-error.ts';

/** Writes a failure with its stack into the log and nowhere else. */
export type FailureLog = (failure: { logId: string; procedure: string; error: unknown }) => void;

export type GuardOptions = {
  readonly library: Pick<Library, 'people'>;
  readonly logFailure: FailureLog;
  readonly newLogId: () => string;
};

const neededRights: Readonly<Record<string, Readonly<Record<string, Right>>>> = authorisation;

/** The implementer whose every procedure is authorised first, then parsed, and whose failures leave as codes of the catalogue. */
export function createGuardedImplementer({ library, logFailure, newLogId }: GuardOptions): GuardedImplementer {
  function toReply(error: unknown, procedure: string, errorMap: object): unknown {
    const known = toInputError(error) ?? toStudioError(error, newLogId);
    if (known.code !== 'internal.unexpected' && isDeclared(known.code, errorMap)) return toRpcError(known);
    const logId = known.code === 'internal.unexpected' && 'logId' in known.data ? known.data.logId : newLogId();
    logFailure({ logId, procedure, error: known.code === 'internal.unexpected' ? (known.cause ?? known) : known });
    return toRpcError(
      new StudioError('internal.unexpected', 'Something unexpected went wrong inside the studio.', { logId }),
    );
  }

  return implement(studioContract)
    .$context<Caller>()
    .use(async ({ context, next, path, procedure, signal }) => {
      const name = path.join('.');
      const reply = (error: unknown) => (signal?.aborted ? error : toReply(error, name, procedure['~orpc'].errorMap));
      try {
        const connection = identifyCaller(library, context, name);
        const { role, reviewer } = connection;
        const needed = neededRights[path[0] ?? '']?.[path[1] ?? ''];
        if (needed === undefined || !isAllowed(role, needed)) {
          throw new StudioError('access.denied', `The role "${role}" may not call ${name}.`, { procedure: name, role });
        }
        const result = await actAs({ by: reviewer }, () => next({ context: connection }));
        return isStream(result.output) ? { ...result, output: guardStream(result.output, reply, signal) } : result;
      } catch (error) {
        throw reply(error);
      }
    });
}

async function* guardStream(
  stream: AsyncIterable<unknown>,
  reply: (error: unknown) => unknown,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown, void, void> {
  try {
    yield* stream;
  } catch (error) {
    // Whoever left hears nothing of how the work was stopped.
    if (signal?.aborted) return;
    throw reply(error);
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/** Named, because the contract is too large for a type that is inferred. */
export type GuardedImplementer = ImplementerInternalWithMiddlewares<StudioContract, Caller, Caller & Connection>;
