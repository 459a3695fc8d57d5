import { afterEach, describe, expect, it } from 'vitest';
import type { TextJob } from '../../../../electron/contract/engine-protocol.ts';
import type { IdeationEvent } from '../../../../electron/contract/ideation.ts';
import { importBrandFolder } from '../../../../electron/studio/brand/import-brand-folder.ts';
import { createBrief } from '../../../../electron/studio/brief/create-brief.ts';
import { editDeliverable } from '../../../../electron/studio/ideation/edit-deliverable.ts';
import { runIdeation } from '../../../../electron/studio/ideation/run-ideation.ts';
import type { IdeationInput } from '../../../../electron/studio/ideation/run-ideation.ts';
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

/** The same studio with a text engine whose answers a test spoils. */
function withAnswers(
  context: Context,
  spoil: (text: string, job: TextJob) => string,
): { context: Context; seeds: number[] } {
  const seeds: number[] = [];
  const { text } = context.engines;
  const run: typeof text.run = async (job, call) => {
    seeds.push(job.seed);
    const result = await text.run(job, call);
    return { ...result, text: spoil(result.text, job) };
  };
  return { context: { ...context, engines: { ...context.engines, text: { ...text, run } } }, seeds };
}

async function collect(stream: AsyncIterable<IdeationEvent>): Promise<IdeationEvent[]> {
  const events: IdeationEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe('a run', () => {
  it('streams text and saves persona, gap and concepts with model, prompt, seed, parents and citations', async () => {
    const { context, brief, input } = await open();
    const events = await collect(runIdeation(context, input, undefined));
    expect(events.filter(({ type }) => type === 'started').length).toBe(5);
    expect(events.at(-1)).toMatchObject({ type: 'done', made: 5, failed: 0 });
    expect(events.some((event) => event.type === 'text' && event.text.length > 0)).toBe(true);
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
      await collect(runIdeation(context, { ...input, briefId: id }, undefined));
      return context.library.deliverables.board(id).map(({ content }) => content);
    };
    expect(await contents()).toEqual(await contents());
  });

  it('asks again with another seed when an answer is no use, of a small model eight times at most', async () => {
    const { context, input } = await open();
    let spoilt = 0;
    const once = withAnswers(context, (text) => ((spoilt += 1) === 1 ? '{"name": ' : text));
    expect(
      (await collect(runIdeation(once.context, { ...input, gaps: 0, concepts: 0 }, undefined))).at(-1),
    ).toMatchObject({ made: 1, failed: 0 });
    expect(new Set(once.seeds).size).toBe(2);
    const always = withAnswers(context, () => 'no JSON at all');
    const events = await collect(
      runIdeation(always.context, { ...input, personas: 1, gaps: 0, concepts: 0 }, undefined),
    );
    expect(always.seeds.length).toBe(8);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'failed',
        error: expect.objectContaining({
          code: 'text.invalidAnswer',
          data: expect.objectContaining({ task: 'persona', tries: 8 }),
        }),
      }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'done', made: 0, failed: 1 });
  });

  it('asks a small model again for words that there are not', async () => {
    const { context, input } = await open();
    const { text } = context.engines;
    let asked = 0;
    const run: typeof text.run = async (job, call) => {
      const result = await text.run(job, call);
      asked += 1;
      return asked < 3 ? { ...result, oddWords: ['durther'] } : result;
    };
    const garbling = { ...context, engines: { ...context.engines, text: { ...text, run } } };
    const events = await collect(runIdeation(garbling, { ...input, personas: 1, gaps: 0, concepts: 0 }, undefined));
    expect(asked).toBe(3);
    expect(events.at(-1)).toMatchObject({ type: 'done', made: 1, failed: 0 });
  });

  it('keeps the draft that names most, and stops asking at the first that names all', async () => {
    const { context, input } = await open();
    const bodies = ['It is here.', 'Lumen Oat is here.', 'Lumen Oat for city families.', 'never asked for'];
    let asked = 0;
    const drafts = withAnswers(context, (text) => {
      const headline = `Draft ${asked}`;
      return JSON.stringify({ ...JSON.parse(text), headline, body: bodies[asked++] });
    });
    const one = { ...input, personas: 0, gaps: 0, concepts: 1 };
    const events = await collect(runIdeation(drafts.context, one, undefined));
    expect(asked).toBe(3);
    expect(events).toContainEqual(
      expect.objectContaining({
        deliverable: expect.objectContaining({
          content: expect.objectContaining({ concept: expect.objectContaining({ body: bodies[2] }) }),
          origin: expect.objectContaining({ seed: drafts.seeds[2] }),
        }),
      }),
    );
    bodies.splice(0, 4, ...Array.from({ length: 20 }, (_, at) => (at === 1 ? 'Lumen Oat, later.' : 'Nothing named.')));
    asked = 0;
    const never = await collect(runIdeation(drafts.context, one, undefined));
    expect(asked).toBe(8);
    expect(never).toContainEqual(
      expect.objectContaining({
        deliverable: expect.objectContaining({
          content: expect.objectContaining({ concept: expect.objectContaining({ body: 'Lumen Oat, later.' }) }),
        }),
      }),
    );
  });

  it('takes no headline twice', async () => {
    const { context, input } = await open();
    const same = withAnswers(context, (text, job) =>
      job.user.startsWith('Task: concept')
        ? JSON.stringify({ ...JSON.parse(text), headline: 'Always the same' })
        : text,
    );
    expect(
      (await collect(runIdeation(same.context, { ...input, personas: 0, gaps: 0, concepts: 2 }, undefined))).at(-1),
    ).toMatchObject({ made: 1, failed: 1 });
  });

  it('keeps what is finished when its reader leaves', async () => {
    const { context, brief, input } = await open();
    const stop = new AbortController();
    for await (const event of runIdeation(context, { ...input, concepts: 20 }, stop.signal))
      if (event.type === 'finished' && event.index === 2) break;
    const kept = context.library.deliverables.board(brief.id).length;
    expect(kept).toBeGreaterThanOrEqual(3);
    expect(kept).toBeLessThan(22);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(context.library.deliverables.board(brief.id).length).toBe(kept);
  });

  it('never says what the brand never says', async () => {
    const { context, input } = await open();
    const { id, kit } = await importBrandFolder(context, `${exampleFolder}/brand.json`);
    const [forbidden] = kit.voice.neverSay;
    if (!forbidden) throw new Error('the example brand rules nothing out');
    const rude = withAnswers(context, (text, job) =>
      job.user.startsWith('Task: persona')
        ? JSON.stringify({ ...JSON.parse(text), quote: `It is ${forbidden}.` })
        : text,
    );
    const events = await collect(
      runIdeation(rude.context, { ...input, brandVersionId: id, gaps: 0, concepts: 0 }, undefined),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'failed',
        error: expect.objectContaining({ message: expect.stringContaining(forbidden) }),
      }),
    );
  });
});

it('an edit takes the place of what it was made of and stays what it was', async () => {
  const { context, brief, input } = await open();
  await collect(runIdeation(context, { ...input, personas: 0, gaps: 0, concepts: 1 }, undefined));
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
