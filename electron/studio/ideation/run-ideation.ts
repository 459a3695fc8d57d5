import type { BrandVersionId, BriefId } from '../../contract/identifiers.ts';
import type { Brief } from '../../contract/brief.ts';
import type { ModelInfo, TextJob } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Deliverable, DeliverableContent, DeliverableKind, IdeationEvent } from '../../contract/ideation.ts';
import { parseAnswer } from '../../domain/ideation/answers.ts';
import { chooseDraftPolicy, countMissing } from '../../domain/ideation/draft-policy.ts';
import { findCitations } from '../../domain/ideation/citations.ts';
import { buildConceptJob, buildGapJob, buildPersonaJob, listForbiddenTerms } from '../../domain/ideation/prompts.ts';
import type { PromptContext, Voice } from '../../domain/ideation/prompts.ts';
import { deriveSeed } from '../../domain/production/derive-seed.ts';
import { streamWork } from '../stream-work.ts';
import type { Emit } from '../stream-work.ts';
import type { StudioContext } from '../studio-context.ts';
import { toSafeRecord, toStudioError } from '../wire-error.ts';

/** Least time between two text events of one deliverable, in milliseconds. */
const TEXT_EVERY_MS = 60;

export type IdeationInput = {
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId | null;
  readonly personas: number;
  readonly gaps: number;
  readonly concepts: number;
  readonly seed: number;
};

type Run = {
  readonly context: StudioContext;
  readonly brief: Brief;
  readonly voice: Voice | null;
  readonly seed: number;
  readonly model: ModelInfo;
  readonly emit: Emit<IdeationEvent>;
  readonly signal: AbortSignal;
  /** Everything that new work builds on or must differ from; grows as the run goes on. */
  readonly board: Deliverable[];
};

type Task = { readonly kind: DeliverableKind; /** Among siblings of this run. */ readonly position: number };
type Asked = { readonly job: TextJob; readonly parents: readonly Deliverable[] };

/**
 * Writes personas, then gaps on them, then concepts on both. Each is saved the moment it is finished, so that leaving loses nothing.
 * @throws brief.notFound, brand.notFound, engine.unavailable, model.notInstalled
 */
export function runIdeation(
  context: StudioContext,
  input: IdeationInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<IdeationEvent, void, void> {
  const brief = context.library.briefs.get(input.briefId);
  const voice = input.brandVersionId === null ? null : context.library.brands.version(input.brandVersionId).kit.voice;
  const board = context.library.deliverables.board(input.briefId);
  return streamWork<IdeationEvent>(signal, async (emit, ownSignal) => {
    const beganAtMs = context.clock.monotonicMs();
    const model = await context.engines.text.ensureLoaded({ signal: ownSignal });
    const run: Run = { context, brief, voice, seed: input.seed, model, emit, signal: ownSignal, board };
    const made = await writeAll(run, listTasks(input));
    emit({ type: 'done', ...made, durationMs: context.clock.monotonicMs() - beganAtMs });
  });
}

function listTasks({ personas, gaps, concepts }: IdeationInput): Task[] {
  const some = (kind: DeliverableKind, count: number) =>
    Array.from({ length: count }, (_, position): Task => ({ kind, position }));
  return [...some('persona', personas), ...some('gap', gaps), ...some('concept', concepts)];
}

async function writeAll(run: Run, tasks: readonly Task[]): Promise<{ made: number; failed: number }> {
  let made = 0;
  let failed = 0;
  for (const [index, task] of tasks.entries()) {
    if (run.signal.aborted) break;
    run.emit({ type: 'started', index, total: tasks.length, kind: task.kind });
    try {
      const deliverable = await writeOne(run, task, index, tasks.length);
      run.board.push(deliverable);
      made += 1;
      run.emit({ type: 'finished', index, deliverable });
    } catch (error) {
      if (run.signal.aborted) break;
      const known = toStudioError(error, run.context.newId);
      if (
        known.code === 'engine.unavailable' ||
        known.code === 'internal.unexpected' ||
        known.code.startsWith('library.')
      )
        throw error;
      failed += 1;
      run.emit({ type: 'failed', index, error: toSafeRecord(known) });
    }
  }
  return { made, failed };
}

type Draft = Asked & { readonly content: DeliverableContent; readonly missing: number };

/** Answers that do not fit, or that leave out the names of the brief, are asked for again with another seed. @throws text.invalidAnswer */
async function writeOne(run: Run, task: Task, index: number, total: number): Promise<Deliverable> {
  const { context, brief, model } = run;
  const { content, job, parents } = await chooseDraft(
    run,
    task,
    `Writing ${task.kind} ${index + 1} of ${total}`,
    index,
  );
  const deliverable = context.library.deliverables.add({
    briefId: brief.id,
    content,
    origin: {
      kind: 'model',
      model: model.name,
      modelHash: model.hash,
      system: job.system,
      prompt: job.user,
      seed: job.seed,
    },
    parentIds: parents.map(({ id }) => id),
    citations: findCitations(content, brief.fields, brief.notes),
  });
  context.feed.publish('deliverable', 'added', [deliverable.id]);
  return deliverable;
}

async function chooseDraft(run: Run, task: Task, doing: string, index: number): Promise<Draft> {
  const { context, brief, voice, model, board } = run;
  const policy = chooseDraftPolicy(model);
  let best: Draft | null = null;
  let refused = 0;
  let reason = '';
  for (let attempt = 0; attempt < (best === null ? policy.tries : policy.drafts); attempt += 1) {
    const asked = ask(run, task, attempt, refused);
    const answer = await context.engines.text.run(asked.job, {
      signal: run.signal,
      model: model.name,
      doing,
      onChunk: followText(run, index),
    });
    const parsed = parseAnswer(task.kind, answer.text, {
      forbiddenTerms: listForbiddenTerms(brief.fields, voice),
      usedHeadlines: listHeadlines(board),
    });
    if (parsed.kind === 'refused') {
      refused += 1;
      reason = parsed.reason;
      continue;
    }
    const missing = countMissing(parsed.content, brief.fields, policy, answer.oddWords);
    if (best === null || missing < best.missing) best = { ...asked, content: parsed.content, missing };
    if (missing === 0) return best;
  }
  if (best !== null) return best;
  throw new StudioError(
    'text.invalidAnswer',
    `The model gave no usable ${task.kind} in ${policy.tries} tries: ${reason}.`,
    { task: task.kind, tries: policy.tries, reason },
  );
}

/** Siblings differ by angle, each try by its seed, and one after a refused answer by angle too. Concepts walk through the personas and gaps so that each gets its share. */
function ask({ brief, voice, seed, board }: Run, { kind, position }: Task, attempt: number, refused: number): Asked {
  const siblings = board.filter(({ content }) => content.kind === kind).length;
  const prompt: PromptContext = {
    fields: brief.fields,
    voice,
    index: siblings + refused,
    seed: deriveSeed(seed, kind, position, attempt),
  };
  const persona = pick(board, 'persona', position);
  if (kind === 'persona') return { job: buildPersonaJob(prompt), parents: [] };
  const personaContent = persona?.content.kind === 'persona' ? persona.content.persona : null;
  if (kind === 'gap') return { job: buildGapJob(prompt, personaContent), parents: persona ? [persona] : [] };
  const gap = pick(board, 'gap', position);
  const gapContent = gap?.content.kind === 'gap' ? gap.content.gap : null;
  return {
    job: buildConceptJob(prompt, personaContent, gapContent, listHeadlines(board)),
    parents: [persona, gap].filter((parent) => parent !== undefined),
  };
}

function pick(board: readonly Deliverable[], kind: DeliverableKind, position: number): Deliverable | undefined {
  const all = board.filter(({ content }) => content.kind === kind);
  return all[position % Math.max(1, all.length)];
}

function listHeadlines(board: readonly Deliverable[]): string[] {
  return board.flatMap(({ content }) => (content.kind === 'concept' ? [content.concept.headline] : []));
}

function followText({ emit, context }: Run, index: number): (chunk: string) => void {
  let text = '';
  let emittedAtMs = Number.NEGATIVE_INFINITY;
  return (chunk) => {
    text += chunk;
    const nowMs = context.clock.monotonicMs();
    if (nowMs - emittedAtMs < TEXT_EVERY_MS) return;
    emittedAtMs = nowMs;
    emit({ type: 'text', index, text });
  };
}
