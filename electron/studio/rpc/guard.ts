import { implement } from '@orpc/server';
import type { ImplementerInternalWithMiddlewares } from '@orpc/server';
import { authorisation, isAllowed } from '../../contract/authorisation.ts';
import type { Role } from '../../contract/authorisation.ts';
import { StudioError } from '../../contract/errors.ts';
import { studioContract } from '../../contract/index.ts';
import type { StudioContract } from '../../contract/index.ts';
import { actAs } from '../../library/database/acting.ts';
import { isDeclared, toInputError, toRpcError, toStudioError } from './wire-error.ts';

/** Who is at the other end of a connection. The host decides it, never the page. */
export type Connection = {
  readonly role: Role;
  /** Name that verdicts are signed with. */
  readonly reviewer: string;
  /** Sits at the machine that the studio runs on. Only then may a path be named: nobody else has business with its files. */
  readonly sharesMachine?: boolean;
};

/** Writes a failure with its stack into the log and nowhere else. */
export type FailureLog = (failure: { logId: string; procedure: string; error: unknown }) => void;

export type GuardOptions = { readonly logFailure: FailureLog; readonly newLogId: () => string };

const requiredRoles: Readonly<Record<string, Readonly<Record<string, Role>>>> = authorisation;

/** The implementer whose every procedure is authorised first, then parsed, and whose failures leave as codes of the catalogue. */
export function createGuardedImplementer({ logFailure, newLogId }: GuardOptions): GuardedImplementer {
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
    .$context<Connection>()
    .use(async ({ context, next, path, procedure, signal }) => {
      const name = path.join('.');
      const reply = (error: unknown) => (signal?.aborted ? error : toReply(error, name, procedure['~orpc'].errorMap));
      try {
        const needed = requiredRoles[path[0] ?? '']?.[path[1] ?? ''];
        if (needed === undefined || !isAllowed(context.role, needed)) {
          throw new StudioError('access.denied', `The role "${context.role}" may not call ${name}.`, {
            procedure: name,
            role: context.role,
          });
        }
        const result = await actAs({ by: context.reviewer }, () => next());
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
export type GuardedImplementer = ImplementerInternalWithMiddlewares<StudioContract, Connection, Connection>;
