import { StudioError } from '../../contract/errors.ts';
import type { ImportEvent, ModelSighting, WeightFit } from '../../contract/model.ts';
import type { Connection } from '../guard.ts';
import { streamWork } from '../stream-work.ts';
import type { StudioContext } from '../studio-context.ts';

export type ModelSource = {
  readonly path: string;
  readonly name?: string | undefined;
  readonly base?: string | undefined;
};

/** @throws access.denied for a page on another machine: paths are this machine's */
export async function lookAtModel(
  { installer }: StudioContext,
  connection: Connection,
  path: string,
): Promise<ModelSighting> {
  assertSharesMachine(connection, 'model.look');
  return installer.look(path);
}

/** Installs what lies at a path and tells how far it is. Whoever leaves stops it; the next try goes on where it was. */
export function bringInModel(
  { installer, feed }: StudioContext,
  connection: Connection,
  { path, name, base }: ModelSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<ImportEvent, void, void> {
  assertSharesMachine(connection, 'model.import');
  return streamWork<ImportEvent>(signal, async (emit, ownSignal) => {
    const told = createPace();
    const report = await installer.install({
      path,
      name,
      base,
      signal: ownSignal,
      onProgress: (what, done, total) => {
        if (told(done === total)) emit({ type: 'progress', what, done, total });
      },
    });
    feed.publish('model', 'added', [report.name]);
    emit({ type: 'done', report });
  });
}

export function matchLora(
  { installer }: StudioContext,
  { lora, base }: { lora: string; base: string },
  signal: AbortSignal | undefined,
): Promise<WeightFit> {
  return installer.match(lora, base, signal);
}

export async function removeOwnModel({ installer, feed }: StudioContext, name: string): Promise<Record<string, never>> {
  await installer.remove(name);
  feed.publish('model', 'removed', [name]);
  return {};
}

const PACE_MS = 50;

/** A checkpoint has thousands of tensors; a page cannot show them faster than this. */
function createPace(): (isLast: boolean) => boolean {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return (isLast) => {
    const nowMs = performance.now();
    if (!isLast && nowMs - toldAtMs < PACE_MS) return false;
    toldAtMs = nowMs;
    return true;
  };
}

function assertSharesMachine({ sharesMachine, role }: Connection, procedure: string): void {
  if (sharesMachine === true) return;
  throw new StudioError('access.denied', `Only a page on the studio's own machine may call ${procedure}.`, {
    procedure,
    role,
  });
}
