import type { ModelInfo, TextJob, TextResult } from '../../contract/engine-protocol.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Brief } from '../../contract/brief.ts';
import type { Deliverable, DeliverableContent, DeliverableKind } from '../../contract/ideation.ts';
import type { JobInput } from '../../contract/job.ts';
import { parseAnswer } from '../../domain/ideation/answers.ts';
import type { ParsedAnswer } from '../../domain/ideation/answers.ts';
import { findCitations } from '../../domain/ideation/citations.ts';
import { chooseDraftPolicy, countMissing } from '../../domain/ideation/draft-policy.ts';
import { listForbiddenTerms, type PromptContext, type Voice } from '../../domain/ideation/prompt-context.ts';
import { buildConceptJob, buildGapJob, buildPersonaJob } from '../../domain/ideation/prompts.ts';
import { buildRepair, mergeRepair } from '../../domain/ideation/repair-answer.ts';
import { deriveSeed } from '../../domain/production/derive-seed.ts';
import type { HeldModel, TextCall, TextEngine } from '../../engines/engine-client.ts';
import type { Library } from '../../library/library.ts';
import type { NewDeliverable } from '../../library/repositories/deliverable-repository.ts';
import type { JobCall } from '../jobs/job-kind.ts';

export type DeliverableTask = JobInput<'deliverable.write'>;
export type DeliverableWriter = (task: DeliverableTask, call: JobCall) => Promise<NewDeliverable>;

type Writing = {
  readonly task: DeliverableTask;
  readonly call: JobCall;
  readonly brief: Brief;
  readonly voice: Voice | null;
  /** Everything that new work builds on or must differ from. */
  readonly board: readonly Deliverable[];
};
type Asked = { readonly job: TextJob; readonly parents: readonly Deliverable[] };
type Draft = Asked & {
  readonly content: DeliverableContent;
  readonly missing: number;
  /** What the model read. */
  readonly read: { readonly system: string; readonly user: string; readonly leftOut: readonly string[] };
  /** The model that wrote it. */
  readonly model: ModelInfo;
};
type Try = { readonly attempt: number; readonly refused: number; readonly refusal: string | null };
type HeldText = HeldModel<TextJob, TextResult, TextCall>;

export type DeliverableWriterUses = {
  readonly library: Pick<Library, 'briefs' | 'brands' | 'deliverables'>;
  readonly text: TextEngine;
};

/**
 * Writes one deliverable on what stands on the board by now. Answers that do not fit, or that leave out the names of the brief, are asked for again with another seed.
 * @throws brief.notFound, brand.notFound, text.invalidAnswer
 */
export function createDeliverableWriter({ library, text }: DeliverableWriterUses): DeliverableWriter {
  return async (task, call) => {
    const brief = library.briefs.get(task.briefId);
    const voice = task.brandVersionId === null ? null : library.brands.version(task.brandVersionId).kit.voice;
    const board = library.deliverables.board(task.briefId);
    const { content, job, parents, model, read } = await text.hold(
      { signal: call.signal, ...(task.model !== undefined && { model: task.model }) },
      (held) => chooseDraft({ task, call, brief, voice, board }, held),
    );
    return {
      briefId: brief.id,
      content,
      origin: {
        kind: 'model',
        model: model.name,
        modelHash: model.hash,
        system: read.system,
        prompt: read.user,
        seed: job.seed,
        ...(read.leftOut.length > 0 && { leftOut: [...read.leftOut] }),
      },
      parentIds: parents.map(({ id }) => id),
      citations: findCitations(content, brief.fields, brief.notes),
    };
  };
}

async function chooseDraft(writing: Writing, held: HeldText): Promise<Draft> {
  const { task, call, brief } = writing;
  const policy = chooseDraftPolicy(held.info);
  let best: Draft | null = null;
  let refused = 0;
  let reason = '';
  for (let attempt = 0; attempt < (best === null ? policy.tries : policy.drafts); attempt += 1) {
    const asked = ask(writing, { attempt, refused, refusal: reason === '' ? null : reason });
    call.onProgress({ done: attempt, total: policy.tries });
    const { result: answer, model } = await run(writing, held, asked.job);
    const parsed = await readAnswer(writing, held, asked.job, answer);
    if (parsed.kind === 'refused') {
      refused += 1;
      reason = parsed.reason;
      continue;
    }
    const missing = countMissing(parsed.content, brief.fields, policy, answer.oddWords);
    const read = answer.asked ?? { ...asked.job, leftOut: [] };
    if (best === null || missing < best.missing) best = { ...asked, content: parsed.content, missing, model, read };
    if (missing === 0) return best;
  }
  if (best !== null) return best;
  throw new StudioError(
    'text.invalidAnswer',
    `The model gave no usable ${task.kind} in ${policy.tries} tries: ${reason}.`,
    { task: task.kind, tries: policy.tries, reason },
  );
}

/** Fields of one answer that are written again at most. */
const REPAIRS = 5;

/** Reads an answer. Where one field is at fault, a model that follows instructions writes that field again and keeps the others. */
async function readAnswer(writing: Writing, held: HeldText, job: TextJob, first: TextResult): Promise<ParsedAnswer> {
  const { task, brief, voice, board } = writing;
  const rules = {
    forbiddenTerms: listForbiddenTerms(brief.fields, voice),
    usedHeadlines: listHeadlines(board),
    material: { fields: brief.fields, notes: brief.notes, board: board.map(({ content }) => content) },
  };
  let answer = first.text;
  let parsed = parseAnswer(task.kind, answer, rules);
  for (let number = 0; number < REPAIRS && parsed.kind === 'refused' && first.asked !== undefined; number += 1) {
    const { field, reason } = parsed;
    const repair = field === null ? null : buildRepair(job, { kind: task.kind, field, reason, answer, number });
    if (field === null || repair === null) break;
    const { result } = await run(writing, held, repair);
    const merged = mergeRepair(answer, result.text, field);
    if (merged === null) break;
    answer = merged;
    parsed = parseAnswer(task.kind, answer, rules);
  }
  return parsed;
}

function run({ task, call }: Writing, held: HeldText, job: TextJob) {
  let written = '';
  return held.run(job, {
    signal: call.signal,
    jobKey: call.jobKey,
    doing: `Writing ${task.kind} ${task.position + 1}`,
    onChunk: (chunk) => call.onDraft((written += chunk)),
  });
}

/** Siblings differ by angle, each try by its seed, and one after a refused answer by angle too. Concepts walk through the personas and gaps so that each gets its share. */
function ask({ task, brief, voice, board }: Writing, { attempt, refused, refusal }: Try): Asked {
  const { kind, position, seed } = task;
  const siblings = board.filter(({ content }) => content.kind === kind).length;
  const prompt: PromptContext = {
    fields: brief.fields,
    voice,
    index: siblings + refused,
    seed: deriveSeed(seed, kind, position, attempt),
    notes: brief.notes,
    refusal,
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
