import type { BrandVersionId, BriefId } from '../../contract/identifiers.ts';
import type { DeliverableKind } from '../../contract/ideation.ts';
import type { Run } from '../../contract/run.ts';
import type { NewJob } from '../../library/repositories/run-repository.ts';
import { resolveTextModel } from '../models/text-choice.ts';
import { startRun } from '../jobs/control-run.ts';
import type { StudioContext } from '../system/studio-context.ts';

export type IdeationInput = {
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId | null;
  readonly personas: number;
  readonly gaps: number;
  readonly concepts: number;
  readonly seed: number;
  /** The text model of this run; left out, the campaign's, else the usual one. */
  readonly model?: string | undefined;
};

/**
 * Begins a run that writes personas, then gaps on them, then concepts on both, each on what stands on the board when its turn comes.
 * @throws brief.notFound, brand.notFound
 */
export function runIdeation(context: StudioContext, input: IdeationInput, askedBy: string): Run {
  const { briefId, brandVersionId, seed } = input;
  const brief = context.library.briefs.get(briefId);
  // Settled now: a run is written by one model, whatever is chosen while it goes on.
  const model = resolveTextModel(context.library, briefId, input.model ?? null);
  return startRun(context, {
    kind: 'ideation',
    title: brief.fields.name,
    about: { briefId, brandVersionId },
    askedBy,
    jobs: listTasks(input).map(({ kind, position, needs }): NewJob<'deliverable.write'> => ({
      kind: 'deliverable.write',
      resource: 'text',
      subject: kind,
      input: { briefId, brandVersionId, kind, position, seed, ...(model !== null && { model }) },
      needs,
    })),
  });
}

type Task = {
  readonly kind: DeliverableKind;
  /** Among siblings of this run. */
  readonly position: number;
  readonly needs: NonNullable<NewJob['needs']>;
};

/** Each waits for the one before: it has to differ from it, or builds on it. One that failed holds nothing up. */
function listTasks({ personas, gaps, concepts }: IdeationInput): Task[] {
  const counts = { persona: personas, gap: gaps, concept: concepts } as const;
  const order = (['persona', 'gap', 'concept'] as const).flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, position) => ({ kind, position })),
  );
  return order.map((task, index) => ({
    ...task,
    needs: index === 0 ? [] : [{ index: index - 1, mustSucceed: false }],
  }));
}
