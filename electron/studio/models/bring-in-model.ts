import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ModelSighting, WeightFit } from '../../contract/model.ts';
import type { Connection } from '../people/caller.ts';
import type { Run } from '../../contract/run.ts';
import { startRun } from '../jobs/control-run.ts';
import type { StudioContext } from '../system/studio-context.ts';

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

/** Begins a run that installs what lies at a path. @throws access.denied for a page on another machine */
export function bringInModel(context: StudioContext, connection: Connection, { path, name, base }: ModelSource): Run {
  assertSharesMachine(connection, 'model.import');
  const title = name ?? basename(path);
  return startRun(context, {
    kind: 'modelImport',
    title,
    askedBy: connection.reviewer,
    jobs: [
      {
        kind: 'model.install',
        resource: 'disk',
        subject: title,
        input: { path, name: name ?? null, base: base ?? null },
      },
    ],
  });
}

export function matchLora(
  { installer }: StudioContext,
  { lora, base }: { lora: string; base: string },
  signal: AbortSignal | undefined,
): Promise<WeightFit> {
  return installer.match(lora, base, signal);
}

export async function removeOwnModel(
  { installer, library }: StudioContext,
  name: string,
): Promise<Record<string, never>> {
  await installer.remove(name);
  // Models lie outside of the library: they may go while it is only looked at.
  if (library.readOnly === null) library.events.record('model.removed', [name]);
  return {};
}

function assertSharesMachine({ sharesMachine, role }: Connection, procedure: string): void {
  if (sharesMachine === true) return;
  throw new StudioError('access.denied', `Only a page on the studio's own machine may call ${procedure}.`, {
    procedure,
    role,
  });
}
