import type { ImportReport } from '../../../contract/model.ts';
import type { ModelInstaller } from '../../../engines/models/model-installer.ts';
import type { EventRepository } from '../../../library/repositories/event-repository.ts';
import { defineJobKind } from '../job-kind.ts';

export type InstallModelUses = {
  readonly installer: ModelInstaller;
  readonly events: Pick<EventRepository, 'record'>;
};

/** Files of a model, checked and put where models are. One that was stopped goes on where it was. */
export function createInstallModel({ installer, events }: InstallModelUses) {
  return defineJobKind<'model.install', ImportReport>({
    name: 'model.install',
    resource: 'disk',
    interrupt: 'atOnce',
    work: ({ input }, call) =>
      installer.install({
        path: input.path,
        name: input.name ?? undefined,
        base: input.base ?? undefined,
        signal: call.signal,
        onProgress: (what, done, total) =>
          call.onProgress({ done, total, unit: what === 'files' ? 'bytes' : 'weights' }),
      }),
    commit: (report) => {
      events.record('model.installed', [report.name]);
      return report;
    },
    // What is wrong with the files of a model does not pass by waiting.
    decide: ({ code }) => (code.startsWith('model.') ? { kind: 'giveUp', crashed: false } : null),
  });
}
