import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conceptSchema, gapSchema, personaSchema } from '../../../electron/contract/ideation.ts';
import type { Concept, DeliverableKind } from '../../../electron/contract/ideation.ts';
import { findStutter, foldHeadline } from '../../../electron/domain/ideation/answers.ts';
import { openHostStudio } from '../../../electron/hosts/open-host-studio.ts';
import type { TextJob, TextResult } from '../../../electron/contract/engine-protocol.ts';
import { createBrief } from '../../../electron/studio/brief/create-brief.ts';
import { followRun } from '../../../electron/studio/jobs/follow-run.ts';
import { runIdeation } from '../../../electron/studio/ideation/run-ideation.ts';
import type { StudioContext } from '../../../electron/studio/system/studio-context.ts';
import { readGgufHeader } from '../../../native-models/text/gguf-header.ts';
import { findOddWords, listWords } from '../../../native-models/text/odd-words.ts';
import { parseHabits } from '../../../native-models/text/writing-habits.ts';
import type { HeldOutBrief } from './read-pack.ts';
import { mean, round, share } from './statistics.ts';

const MODEL = new URL('../../../native-models/starter/text/housestyle-text.gguf', import.meta.url);
const CONCEPTS = 10;
const SEED = 11;
const schemas = { persona: personaSchema, gap: gapSchema, concept: conceptSchema };

type Draft = {
  readonly brief: HeldOutBrief;
  readonly kind: DeliverableKind;
  readonly text: string;
  readonly isFirst: boolean;
  /** Words that the model was never taught and that the job did not have. */
  readonly oddWords: readonly string[];
};
type Board = { readonly brief: HeldOutBrief; readonly concepts: readonly Concept[]; readonly failed: number };

/**
 * Persona, gap and ten concepts for every held-out brief, as the studio's ideation makes them. Rules, by string and without regard to
 * case: the product is named when its whole name stands in headline or body; the audience when its short name does (up to "who",
 * "with", "in" and so on: `audienceHead` in briefs.json); a fact when its first three words do. A concept that could not be made counts
 * as a miss. A garbled concept has a word that is neither among those that the model declares nor in the brief. A loop is a word three times in a row, or one of more than three letters five times in an answer. `firstDrafts` has the same for the model alone: what it answers under the grammar before the studio asks again.
 */
export async function measureText(
  briefs: readonly HeldOutBrief[],
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-starter-'));
  const opened = await openHostStudio({ libraryFolder: folder, withExamples: false, threads: 1 });
  const drafts: Draft[] = [];
  const boards: Board[] = [];
  try {
    for (const [index, brief] of briefs.entries()) {
      const { context } = opened.studio;
      boards.push(await recorded(context, brief, drafts, () => fillBoard(context, brief)));
      if ((index + 1) % 10 === 0) progress(`ideation: ${index + 1} of ${briefs.length} briefs`);
    }
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const words = readTaughtWords();
  const wanted = briefs.length * CONCEPTS;
  const made = boards.flatMap(({ brief, concepts }) => concepts.map((concept) => ({ brief, concept })));
  const first = drafts.filter(({ kind, isFirst }) => kind === 'concept' && isFirst);
  const answers = first.map(({ brief, text }) => ({ brief, concept: readConcept(text) }));
  return {
    briefs: briefs.length,
    concepts: wanted,
    ...describe(made, wanted),
    briefsWithDifferentHeadlines: round(share(boards, ({ concepts }) => countHeadlines(concepts) === CONCEPTS)),
    loops: round(share(made, ({ concept }) => findStutter(JSON.stringify(concept)) !== null)),
    garbled: round(
      share(
        made,
        ({ brief, concept }) => findOddWords(JSON.stringify(concept), JSON.stringify(brief), words).length > 0,
      ),
    ),
    failed: boards.reduce((sum, { failed }) => sum + failed, 0),
    draftsPerConcept: round(drafts.filter(({ kind }) => kind === 'concept').length / wanted),
    firstDrafts: {
      answers: drafts.length,
      valid: round(share(drafts, ({ kind, text }) => isValid(kind, text))),
      loops: round(share(drafts, ({ text }) => findStutter(text) !== null)),
      garbled: round(share(drafts, ({ oddWords }) => oddWords.length > 0)),
      ...describe(
        answers.flatMap(({ brief, concept }) => (concept === null ? [] : [{ brief, concept }])),
        first.length,
      ),
    },
    exampleHeadlines: boards.slice(0, 3).map(({ concepts }) => concepts.slice(0, 3).map(({ headline }) => headline)),
  };
}

function readTaughtWords(): ReadonlySet<string> {
  const { habits } = readGgufHeader(fileURLToPath(MODEL));
  return new Set(listWords(parseHabits(habits).words));
}

const namesProduct = (brief: HeldOutBrief, text: string) => text.includes(brief.product.toLowerCase());
const namesAudience = (brief: HeldOutBrief, text: string) => text.includes(brief.audienceHead.toLowerCase());

function describe(rows: readonly { brief: HeldOutBrief; concept: Concept }[], wanted: number): Record<string, number> {
  const part = (isHit: (brief: HeldOutBrief, text: string) => boolean) =>
    round(
      rows.filter(({ brief, concept }) => isHit(brief, `${concept.headline} ${concept.body}`.toLowerCase())).length /
        wanted,
    );
  return {
    product: part(namesProduct),
    audience: part(namesAudience),
    productAndAudience: part((brief, text) => namesProduct(brief, text) && namesAudience(brief, text)),
    fact: part((brief, text) =>
      brief.facts.some((fact) => text.includes(fact.split(' ').slice(0, 3).join(' ').toLowerCase())),
    ),
    avoidedWord: part((brief, text) => brief.avoid.some((word) => text.includes(word.toLowerCase()))),
    bodyCharacters: round(mean(rows.map(({ concept }) => concept.body.length))),
  };
}

async function fillBoard(context: StudioContext, brief: HeldOutBrief): Promise<Board> {
  const { audienceHead: _, ...fields } = brief;
  // JSON is YAML, and needs no care with colons and quotes.
  const lines = Object.entries({ name: brief.product, ...fields }).map(
    ([key, value]) => `${key}: ${JSON.stringify(value)}`,
  );
  const { id } = createBrief(context, `---\n${lines.join('\n')}\n---\n`);
  const input = { briefId: id, brandVersionId: null, personas: 1, gaps: 1, concepts: CONCEPTS, seed: SEED };
  const begun = runIdeation(context, input, 'bench');
  const { failed } = await followRun(context, begun.id, { signal: new AbortController().signal, onAbort: 'stops' });
  const concepts = context.library.deliverables
    .board(id)
    .flatMap(({ content }) => (content.kind === 'concept' ? [content.concept] : []));
  return { brief, concepts, failed };
}

/** Does the work with every answer of the model written down. */
async function recorded<Result>(
  { engines: { text } }: StudioContext,
  brief: HeldOutBrief,
  drafts: Draft[],
  work: () => Promise<Result>,
): Promise<Result> {
  const hold = text.hold.bind(text);
  const begun = new Set<string>();
  const writeDown = (job: TextJob, result: TextResult, doing: string) => {
    const kind =
      (['persona', 'gap', 'concept'] as const).find((task) => job.user.startsWith(`Task: ${task}`)) ?? 'concept';
    drafts.push({ brief, kind, text: result.text, isFirst: !begun.has(doing), oddWords: result.oddWords ?? [] });
    begun.add(doing);
  };
  const recording: typeof text.hold = (need, held) =>
    hold(need, (model) =>
      held({
        ...model,
        async run(job, call) {
          const made = await model.run(job, call);
          writeDown(job, made.result, call?.doing ?? '');
          return made;
        },
      }),
    );
  Object.assign(text, { hold: recording });
  try {
    return await work();
  } finally {
    Object.assign(text, { hold });
  }
}

function isValid(kind: DeliverableKind, text: string): boolean {
  try {
    return schemas[kind].safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function readConcept(text: string): Concept | null {
  return isValid('concept', text) ? conceptSchema.parse(JSON.parse(text)) : null;
}

function countHeadlines(concepts: readonly Concept[]): number {
  return new Set(concepts.map(({ headline }) => foldHeadline(headline))).size;
}
