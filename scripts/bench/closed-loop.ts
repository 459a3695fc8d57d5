import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BriefId, CellId } from '../../electron/contract/identifiers.ts';
import type { Plan } from '../../electron/contract/plan.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import { importBrandFolder } from '../../electron/studio/brand/import-brand-folder.ts';
import { createBrief } from '../../electron/studio/brief/create-brief.ts';
import { createPlan } from '../../electron/studio/plan/create-plan.ts';
import { startBatch } from '../../electron/studio/plan/control-batch.ts';
import { watchBatch } from '../../electron/studio/plan/watch-batch.ts';
import type { StudioContext } from '../../electron/studio/system/studio-context.ts';
import { writeBrands } from '../proof/fictional-brands.ts';
import { fakeEntries, fakeModels } from '../proof/fake-studio.ts';
import type { BenchOptions } from './bench.ts';

const FULL_IMAGES = 200;
const briefText = '---\nname: Proof\nproduct: A bottle\nwhat: a drink\naudience: families\ngoal: try it\n---\n';
/** Every kind of picture that the starter model knows, in the words of its prompts. The brand puts its own colours in place of the named ones. */
const families = [
  'soft gradient',
  'mesh gradient',
  'flowing waves',
  'diagonal stripes',
  'overlapping circles',
  'concentric rings',
  'sunburst rays',
  'terrazzo chips',
  'halftone dots',
  'triangle mosaic',
  'organic blobs',
  'layered paper cutouts',
  'contour lines',
  'leaf silhouettes',
  'rolling hills',
  'window light and shadow',
  'grainy paper texture',
  'scattered confetti',
  'stacked arches',
  'checkerboard grid',
  'scallop pattern',
  'brush strokes',
];
const styles = ['flat', 'grainy', 'glossy', 'outlined', 'translucent', 'soft focus'];
const compositions = ['all over', 'on the right third', 'open space at the top', 'centred', 'open space at the bottom'];
const moods = ['calm', 'bold', 'playful', 'warm', 'quiet', 'fresh', 'elegant'];
const ideas = families.map(
  (family, index) =>
    `${moods[index % moods.length]} ${family}, ${styles[index % styles.length]}, ${compositions[index % compositions.length]}, in green, grey and orange`,
);
const formatIds = ['square-post', 'portrait-post', 'story', 'landscape', 'link-card'] as const;

/** Makes pictures under three very different brands and counts which pass at first, and which after the tries of the kit. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-closed-loop-'));
  const opened = await openHostStudio({
    libraryFolder: join(folder, 'library'),
    withExamples: false,
    ...(small ? { engineEntries: fakeEntries(5), modelStore: fakeModels() } : {}),
  });
  try {
    const { context } = opened.studio;
    const kitFiles = writeBrands(folder);
    const brief = createBrief(context, briefText);
    const perBrand: { brand: string; images: number; first: number; after: number; left: Record<string, number> }[] =
      [];
    for (const [index, kitFile] of kitFiles.entries()) {
      const images = small ? 2 : Math.floor((FULL_IMAGES + index) / kitFiles.length);
      const brand = await importBrandFolder(context, kitFile);
      const plan = makePlan(context, brief.id, brand.id, small ? 2 : images);
      const cellIds = drawCells(context, plan, images);
      const batch = startBatch(context, plan.id, cellIds, 'owner');
      for await (const state of watchBatch(context, batch.id, AbortSignal.timeout(3_000_000)))
        if (state.done % 25 === 0) options.progress(`${brand.kit.name}: ${state.done} of ${state.total}`);
      perBrand.push({ brand: brand.kit.name, images, ...countPasses(context, cellIds) });
      options.progress(JSON.stringify(perBrand.at(-1)));
    }
    const sum = (pick: (row: (typeof perBrand)[number]) => number) =>
      perBrand.reduce((total, row) => total + pick(row), 0);
    const images = sum((row) => row.images);
    return {
      images,
      passedFirst: sum((row) => row.first) / images,
      passedAfter: sum((row) => row.after) / images,
      tries: perBrand.length === 0 ? null : context.library.brands.list()[0]?.latest.kit.thresholds.tries,
      perBrand,
    };
  } finally {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function makePlan(
  context: StudioContext,
  briefId: BriefId,
  brandVersionId: Plan['brandVersionId'],
  images: number,
): Plan {
  const conceptIds = ideas.map(
    (imagePrompt, index) =>
      context.library.deliverables.add({
        briefId,
        content: {
          kind: 'concept',
          concept: {
            title: `Idea ${index + 1}`,
            headline: 'The bottle comes back',
            body: 'We take it back at any shop near you, wash it and fill it again.',
            callToAction: 'Try the first bottle',
            imagePrompt,
          },
        },
        origin: { kind: 'model', model: 'none', modelHash: '', system: '', prompt: '', seed: 1 },
        parentIds: [],
        citations: [],
      }).id,
  );
  return createPlan(context, {
    briefId,
    brandVersionId,
    name: 'Closed loop',
    conceptIds,
    formatIds: [...formatIds],
    locales: ['en'],
    variations: Math.ceil(images / (ideas.length * formatIds.length)),
    seed: 1,
  });
}

/** As many cells as wanted, of all ideas and formats: their seeds are as good as a shuffle. */
function drawCells({ library }: StudioContext, { id }: Plan, images: number): CellId[] {
  return library.plans
    .cells(id)
    .toSorted((one, other) => one.seed - other.seed)
    .slice(0, images)
    .map((cell) => cell.id);
}

/** Cells that passed with their first try and with any, and what the last tries of the others failed. */
function countPasses({ library }: StudioContext, cellIds: readonly CellId[]) {
  const left: Record<string, number> = {};
  let first = 0;
  let after = 0;
  for (const cellId of cellIds) {
    const takes = library.assets.takes(cellId);
    if (takes.at(-1)?.compliant === true) first++;
    if (takes.some(({ compliant }) => compliant)) after++;
    else for (const name of takes[0]?.failedChecks ?? []) left[name] = (left[name] ?? 0) + 1;
  }
  return { first, after, left };
}
