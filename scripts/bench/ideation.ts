import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { deliverableContentSchema, type Deliverable } from '../../electron/contract/ideation.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import { foldHeadline } from '../../electron/domain/ideation/answers.ts';
import { createBrief } from '../../electron/studio/brief/create-brief.ts';
import { runIdeation } from '../../electron/studio/ideation/run-ideation.ts';
import { followRun } from '../../electron/studio/jobs/follow-run.ts';
import type { StudioContext } from '../../electron/studio/system/studio-context.ts';
import type { BenchOptions } from './bench.ts';
import { benchBriefs, type BenchBrief } from './ideation/briefs.ts';
import { isGrounded, isJunk, isOnBrief } from './ideation/judge-words.ts';

const SEED = 5;
const THREADS = 1;
const full = { briefs: 20, personas: 1, gaps: 1, concepts: 2 };
const small = { briefs: 1, personas: 1, gaps: 0, concepts: 1 };

type Board = {
  readonly brief: BenchBrief;
  readonly made: readonly Deliverable[];
  readonly refusals: readonly string[];
  readonly seconds: number;
};

/**
 * Persona, gap and concepts for 20 briefs in six fields and four languages, as the studio makes them, with the starter or with `--model`. Parts are languages
 * (en, de, es, ja). `valid`: asked for, and made in the right form or refused with a reason; `made` is the share that was made. The other shares are of what
 * was made; `judge-words.ts` has their rules, which are not the gate's but for the language. `distinct`: boards on which no two headlines are the same.
 */
export async function run({
  small: isSmall,
  model,
  parts,
  ...options
}: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const briefs = benchBriefs.filter(({ locale }) => parts?.includes(locale) ?? true).slice(0, size.briefs);
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-ideation-'));
  const opened = await openHostStudio({
    libraryFolder: folder,
    withExamples: false,
    threads: THREADS,
    importFolder: join(folder, 'models'),
    ...(model !== undefined && { modelFolders: [dirname(resolve(model))] }),
  });
  const boards: Board[] = [];
  const name = model === undefined ? 'starter-text' : basename(model).replace(/\.gguf$/i, '');
  try {
    for (const brief of briefs) {
      const board = await fillBoard(opened.studio.context, brief, { ...size, model: name });
      boards.push(board);
      const { made, refusals, seconds } = board;
      options.progress(
        `${brief.locale} ${brief.product}: ${made.length} made, ${refusals.length} refused, ${Math.round(seconds)} s`,
      );
      for (const refusal of refusals) options.progress(`  refused: ${refusal}`);
    }
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { model: name, threads: THREADS, ...size, briefs: boards.length, ...describe(boards, size) };
}

type Counts = { readonly personas: number; readonly gaps: number; readonly concepts: number };

function describe(boards: readonly Board[], { personas, gaps, concepts }: Counts): Record<string, unknown> {
  const asked = boards.length * (personas + gaps + concepts);
  const made = boards.flatMap((board) => board.made.map(({ content }) => ({ brief: board.brief, content })));
  const written = made.filter(({ content }) => content.kind === 'concept');
  const sound = made.filter(({ content }) => deliverableContentSchema.safeParse(content).success).length;
  const refused = boards.reduce((sum, board) => sum + board.refusals.length, 0);
  const figures = {
    valid: share(sound + refused, asked),
    made: share(made.length, asked),
    grounded: share(made.filter(({ brief, content }) => isGrounded(content, brief)).length, made.length),
    onBrief: share(written.filter(({ brief, content }) => isOnBrief(content, brief)).length, written.length),
    junk: share(made.filter(({ content }) => isJunk(content)).length, made.length),
    distinct: share(boards.filter((board) => isDistinct(board.made)).length, boards.length),
    secondsPerConcept: share(
      boards.reduce((sum, { seconds }) => sum + seconds, 0),
      written.length,
    ),
  };
  const missing = Object.entries(figures).flatMap(([figure, value]) => (value === null ? [figure] : []));
  return {
    ...figures,
    ...(missing.length > 0 && { why: `nothing was made that ${missing.join(', ')} could be taken of` }),
    madeByLanguage: Object.fromEntries(
      [...new Set(boards.map(({ brief }) => brief.locale))].map((locale) => [
        locale,
        made.filter(({ brief }) => brief.locale === locale).length,
      ]),
    ),
    headlines: written.slice(0, 6).map(({ content }) => (content.kind === 'concept' ? content.concept.headline : '')),
  };
}

async function fillBoard(
  context: StudioContext,
  brief: BenchBrief,
  { personas, gaps, concepts, model }: Counts & { model: string },
): Promise<Board> {
  const { field: _, locale, notes, ...fields } = brief;
  const matter = { name: fields.product, ...fields, locales: [locale] };
  // JSON is YAML, and needs no care with colons and quotes.
  const lines = Object.entries(matter).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const { id } = createBrief(context, `---\n${lines.join('\n')}\n---\n\n${notes}\n`);
  const beganAtMs = performance.now();
  const begun = runIdeation(
    context,
    { briefId: id, brandVersionId: null, personas, gaps, concepts, seed: SEED, model },
    'bench',
  );
  await followRun(context, begun.id, { signal: new AbortController().signal, onAbort: 'stops' });
  const errors = context.library.runs.ends(begun.id).flatMap(({ error }) => (error === null ? [] : [error]));
  const refusals = errors.filter(({ code }) => code === 'text.invalidAnswer').map(({ message }) => message);
  return {
    brief,
    made: context.library.deliverables.board(id),
    refusals,
    seconds: (performance.now() - beganAtMs) / 1000,
  };
}

function isDistinct(made: readonly Deliverable[]): boolean {
  const headlines = made.flatMap(({ content }) =>
    content.kind === 'concept' ? [foldHeadline(content.concept.headline)] : [],
  );
  return new Set(headlines).size === headlines.length;
}

/** Three decimals; null of nothing. */
function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((1000 * part) / whole) / 1000;
}
