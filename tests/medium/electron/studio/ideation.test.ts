import { afterEach, describe, expect, it } from 'vitest';
import type { TextJob, TextResult } from '../../../../electron/contract/engine-protocol.ts';
import type { JobEnd, Run } from '../../../../electron/contract/run.ts';
import { importBrandFolder } from '../../../../electron/studio/brand/import-brand-folder.ts';
import { createBrief } from '../../../../electron/studio/brief/create-brief.ts';
import { editDeliverable } from '../../../../electron/studio/ideation/edit-deliverable.ts';
import { runIdeation } from '../../../../electron/studio/ideation/run-ideation.ts';
import type { IdeationInput } from '../../../../electron/studio/ideation/run-ideation.ts';
import { stopRun } from '../../../../electron/studio/jobs/control-run.ts';
import { followRun } from '../../../../electron/studio/jobs/follow-run.ts';
import { watchRun } from '../../../../electron/studio/jobs/watch-run.ts';
import { briefText, exampleFolder } from '../../../support/studio/make-plan.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

let opened: TestStudio | null = null;
afterEach(async () => {
  await opened?.[Symbol.asyncDispose]();
  opened = null;
});

async function open() {
  opened = await openTestStudio();
  const { context } = opened.studio;
  const brief = createBrief(context, briefText);
  const input: IdeationInput = { briefId: brief.id, brandVersionId: null, personas: 1, gaps: 1, concepts: 3, seed: 4 };
  return { context, brief, input };
}

type Context = Awaited<ReturnType<typeof open>>['context'];

/** Spoils the answers of the studio's text engine; returns the seeds that it was asked with. */
function spoilAnswers(context: Context, spoil: (text: string, job: TextJob) => string): number[] {
  const seeds: number[] = [];
  changeResults(context, (result, job) => {
    seeds.push(job.seed);
    return { ...result, text: spoil(result.text, job) };
  });
  return seeds;
}

function changeResults(context: Context, change: (result: TextResult, job: TextJob) => TextResult): void {
  const { text } = context.engines;
  const hold = text.hold.bind(text);
  const spoilt: typeof text.hold = (need, work) =>
    hold(need, (held) =>
      work({
        ...held,
        async run(job, call) {
          const { result, model } = await held.run(job, call);
          return { result: change(result, job), model };
        },
      }),
    );
  Object.assign(text, { hold: spoilt });
}

/** Runs an ideation to its end; `drafts` is what pages saw of the text while it was written. */
async function ideate(context: Context, input: IdeationInput): Promise<{ run: Run; ends: JobEnd[]; drafts: string[] }> {
  const drafts: string[] = [];
  const { id } = runIdeation(context, input, 'tester');
  const run = await followRun(context, id, {
    signal: new AbortController().signal,
    onAbort: 'goesOn',
    onRun: ({ inHand }) => drafts.push(...inHand.flatMap(({ draft }) => draft ?? [])),
  });
  return { run, ends: context.library.runs.ends(id), drafts };
}

describe('a run', () => {
  it('streams text and saves persona, gap and concepts with model, prompt, seed, parents and citations', async () => {
    const { context, brief, input } = await open();
    const { run, ends, drafts } = await ideate(context, input);
    expect(run).toMatchObject({ state: 'finished', total: 5, done: 5, failed: 0, askedBy: 'tester' });
    expect(ends.map(({ subject }) => subject)).toEqual(['persona', 'gap', 'concept', 'concept', 'concept']);
    expect(drafts.some((draft) => draft.length > 0)).toBe(true);
    const board = context.library.deliverables.board(brief.id);
    expect(board.map(({ content }) => content.kind)).toEqual(['persona', 'gap', 'concept', 'concept', 'concept']);
    const [persona, gap, concept] = board;
    expect(gap?.parentIds).toEqual([persona?.id]);
    expect(concept?.parentIds).toEqual([persona?.id, gap?.id]);
    expect(concept?.origin).toMatchObject({
      kind: 'model',
      model: 'fake-text',
      prompt: expect.stringContaining('Task: concept'),
    });
    const headlines = board.flatMap(({ content }) => (content.kind === 'concept' ? [content.concept.headline] : []));
    expect(new Set(headlines).size).toBe(3);
    expect(new Set(board.map(({ origin }) => (origin.kind === 'model' ? origin.seed : 0))).size).toBe(5);
  });

  it('gives the same work for the same seed', async () => {
    const { context, input } = await open();
    const contents = async () => {
      const { id } = createBrief(context, briefText);
      await ideate(context, { ...input, briefId: id });
      return context.library.deliverables.board(id).map(({ content }) => content);
    };
    expect(await contents()).toEqual(await contents());
  });

  it('asks again with another seed when an answer is no use, of a small model eight times at most', async () => {
    const { context, input } = await open();
    let spoilt = 0;
    const seeds = spoilAnswers(context, (text) => ((spoilt += 1) === 1 ? '{"name": ' : text));
    expect((await ideate(context, { ...input, gaps: 0, concepts: 0 })).run).toMatchObject({ done: 1, failed: 0 });
    expect(new Set(seeds).size).toBe(2);
    const always = spoilAnswers(context, () => 'no JSON at all');
    const { run, ends } = await ideate(context, { ...input, personas: 1, gaps: 0, concepts: 0 });
    expect(always.length).toBe(8);
    expect(ends[0]?.error).toMatchObject({ code: 'text.invalidAnswer', data: { task: 'persona', tries: 8 } });
    expect(run).toMatchObject({ state: 'finished', done: 0, failed: 1 });
  });

  it('asks a small model again for words that there are not', async () => {
    const { context, input } = await open();
    let asked = 0;
    changeResults(context, (result) => ((asked += 1) < 3 ? { ...result, oddWords: ['durther'] } : result));
    const { run } = await ideate(context, { ...input, personas: 1, gaps: 0, concepts: 0 });
    expect(asked).toBe(3);
    expect(run).toMatchObject({ done: 1, failed: 0 });
  });

  it('keeps the draft that names most, and stops asking at the first that names all', async () => {
    const { context, brief, input } = await open();
    const bodies = ['It is here.', 'Lumen Oat is here.', 'Lumen Oat for city families.', 'never asked for'];
    let asked = 0;
    const seeds = spoilAnswers(context, (text) => {
      const headline = `Draft ${'so '.repeat(asked)}on`;
      return JSON.stringify({ ...JSON.parse(text), headline, body: bodies[asked++] });
    });
    const one = { ...input, personas: 0, gaps: 0, concepts: 1 };
    const newest = () => context.library.deliverables.board(brief.id).at(-1);
    await ideate(context, one);
    expect(asked).toBe(3);
    expect(newest()).toMatchObject({ content: { concept: { body: bodies[2] } }, origin: { seed: seeds[2] } });
    bodies.splice(0, 4, ...Array.from({ length: 20 }, (_, at) => (at === 1 ? 'Lumen Oat, later.' : 'Nothing named.')));
    asked = 0;
    await ideate(context, one);
    expect(asked).toBe(8);
    expect(newest()).toMatchObject({ content: { concept: { body: 'Lumen Oat, later.' } } });
  });

  it('takes no headline twice', async () => {
    const { context, input } = await open();
    spoilAnswers(context, (text, job) =>
      job.user.startsWith('Task: concept')
        ? JSON.stringify({ ...JSON.parse(text), headline: 'Always the same' })
        : text,
    );
    const { run } = await ideate(context, { ...input, personas: 0, gaps: 0, concepts: 2 });
    expect(run).toMatchObject({ done: 1, failed: 1 });
  });

  it('goes on when whoever watched has left', async () => {
    const { context, brief, input } = await open();
    const { id } = runIdeation(context, { ...input, concepts: 6 }, 'tester');
    const leaving = new AbortController();
    for await (const { done } of watchRun(context, id, leaving.signal)) if (done > 0) break;
    leaving.abort();
    await expect.poll(() => context.library.runs.get(id).state, { timeout: 20_000 }).toBe('finished');
    expect(context.library.deliverables.board(brief.id)).toHaveLength(8);
  });

  it('keeps what is finished when it is stopped, and what was being written as a draft', async () => {
    const { context, brief, input } = await open();
    const { id } = runIdeation(context, { ...input, concepts: 20 }, 'tester');
    for await (const { done, inHand } of watchRun(context, id, undefined))
      if (done > 2 && inHand.some(({ draft }) => draft !== null)) stopRun(context, id);
    const kept = context.library.deliverables.board(brief.id).length;
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(kept).toBeLessThan(22);
    expect(context.library.runs.get(id)).toMatchObject({ state: 'stopped', done: kept, waiting: 0, running: 0 });
    expect(context.library.runs.ends(id).find(({ draft }) => draft !== null)?.state).toBe('dropped');
  });

  it('never says what the brand never says', async () => {
    const { context, input } = await open();
    const { id, kit } = await importBrandFolder(context, `${exampleFolder}/brand.json`);
    const [forbidden] = kit.voice.neverSay;
    if (!forbidden) throw new Error('the example brand rules nothing out');
    spoilAnswers(context, (text, job) =>
      job.user.startsWith('Task: persona')
        ? JSON.stringify({ ...JSON.parse(text), quote: `It is ${forbidden}.` })
        : text,
    );
    const { ends } = await ideate(context, { ...input, brandVersionId: id, gaps: 0, concepts: 0 });
    expect(ends[0]?.error?.message).toContain(forbidden);
  });
});

it('an edit takes the place of what it was made of and stays what it was', async () => {
  const { context, brief, input } = await open();
  await ideate(context, { ...input, personas: 0, gaps: 0, concepts: 1 });
  const [written] = context.library.deliverables.board(brief.id);
  if (written?.content.kind !== 'concept') throw new Error('no concept');
  const edited = editDeliverable(context, written.id, {
    kind: 'concept',
    concept: { ...written.content.concept, headline: 'Mine' },
  });
  expect(context.library.deliverables.board(brief.id)).toEqual([edited]);
  expect(edited.origin).toEqual({ kind: 'edit', of: written.id });
  expect(() =>
    editDeliverable(context, edited.id, { kind: 'gap', gap: { title: 'x', observation: 'y', opportunity: 'z' } }),
  ).toThrow(/cannot become/);
});
