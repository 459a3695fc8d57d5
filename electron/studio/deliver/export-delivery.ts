import { StudioError } from '../../contract/errors.ts';
import type { JobInput } from '../../contract/job.ts';
import type { Run } from '../../contract/run.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { startRun } from '../jobs/control-run.ts';

/** Begins a run that writes what fits the filter into a folder. @throws delivery.empty */
export function exportDelivery(context: StudioContext, input: JobInput<'delivery.write'>, askedBy: string): Run {
  if (context.library.assets.counts(input.filter).total === 0)
    throw new StudioError('delivery.empty', 'No picture fits what is to be exported.', {
      filter: JSON.stringify(input.filter),
    });
  const { briefId, planId } = input.filter;
  return startRun(context, {
    kind: 'export',
    title: input.name,
    about: { briefId, planId },
    askedBy,
    jobs: [{ kind: 'delivery.write', resource: 'disk', subject: input.name, input }],
  });
}
