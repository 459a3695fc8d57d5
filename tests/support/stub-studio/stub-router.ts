import type { StubOptions } from './stub-options.ts';
import { EventPublisher, implement } from '@orpc/server';
import type { Router } from '@orpc/server';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import { assetSummarySchema } from '../../../electron/contract/asset.ts';
import { isStudioError } from '../../../electron/contract/errors.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { StudioContract } from '../../../electron/contract/index.ts';
import type { DeliverableContent } from '../../../electron/contract/ideation.ts';
import type { SystemStatus } from '../../../electron/contract/system.ts';
import { parseBrief } from '../../../electron/domain/brief/parse-brief.ts';
import { stubConcepts, stubGaps, stubPersona } from './stub-content.ts';
import type { Run } from '../../../electron/contract/run.ts';
import { createStubRuns } from './stub-runs.ts';
import { listStubHeadlines } from './latest-edit.ts';
import { createCopyHandlers } from './stub-copies.ts';
import { createStubBatches } from './stub-batches.ts';
import { createBinHandlers } from './stub-bin.ts';
import { createListHandlers } from './stub-lists.ts';
import { createBrandHandlers } from './stub-brands.ts';
import { createStubEvents } from './stub-events.ts';
import type { StubEvents } from './stub-events.ts';
import { createFormatHandlers } from './stub-formats.ts';
import { createPeopleHandlers } from './stub-people.ts';
import { createMediaHandlers } from './stub-media.ts';
import { createModelHandlers } from './stub-models.ts';
import { createReviewHandlers } from './stub-review.ts';
import { createScoringHandlers } from './stub-scores.ts';
import type { StubLibrary } from './stub-library.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The studio's router over plain memory: the shapes are real, the judgements are not. */
export function createStubRouter(
  library: StubLibrary,
  options: StubOptions,
  events: StubEvents = createStubEvents(),
): Router<StudioContract, object> {
  const os = implement(studioContract);
  const publisher = new EventPublisher<{ status: SystemStatus }>();
  const { tell } = events;
  library.onArrival((assetId) => tell('asset.made', [assetId]));
  const summary = (id: AssetId): AssetSummary[] => {
    const asset = library.assets.get(id);
    if (!asset || library.binned.has(id)) return [];
    const shape = Object.keys(assetSummarySchema.shape);
    return [assetSummarySchema.parse(Object.fromEntries(Object.entries(asset).filter(([key]) => shape.includes(key))))];
  };
  let status: SystemStatus = {
    engines: [
      { kind: 'text', state: 'idle', model: 'starter-text', device: 'cpu', doing: null, restarts: 0, reason: null },
      {
        kind: 'image',
        state: 'working',
        model: 'starter-image',
        device: 'cpu',
        deviceNotes: [
          'Runs on the processor: WebGPU cannot be used: Failed to get a WebGPU adapter: No supported adapters.',
          'Memory ran out on cpu: pictures are made in smaller tiles and single passes, which takes longer.',
        ],
        doing: 'Image 13 of 24, step 9 of 20',
        restarts: 0,
        reason: null,
      },
      { kind: 'vision', state: 'off', model: null, device: null, doing: null, restarts: 0, reason: null },
    ],
    ledgers: [
      {
        device: 'cpu',
        totalMiB: 16_384,
        freeMiB: 9_800,
        reservations: [
          { holder: 'starter-image', kind: 'image', sizeMiB: 900 },
          { holder: 'starter-text', kind: 'text', sizeMiB: 220 },
        ],
      },
    ],
    queue: { waiting: 11, running: 1, imagesPerMinute: 11.4, remainingSeconds: 62 },
    network: { offline: true, listening: null },
  };
  function setText(state: 'idle' | 'working', doing: string | null): void {
    status = {
      ...status,
      engines: status.engines.map((engine) => (engine.kind === 'text' ? { ...engine, state, doing } : engine)),
    };
    publisher.publish('status', status);
  }

  function ideate(
    briefId: Parameters<StubLibrary['board']>[0],
    counts: { personas: number; gaps: number; concepts: number },
    seed: number,
  ): Run {
    const contents: DeliverableContent[] = [
      ...Array.from({ length: counts.personas }, (): DeliverableContent => ({ kind: 'persona', persona: stubPersona })),
      ...Array.from({ length: counts.gaps }, (_, index): DeliverableContent => ({
        kind: 'gap',
        gap: stubGaps[index % stubGaps.length] ?? { title: '-', observation: '-', opportunity: '-' },
      })),
      ...Array.from(
        { length: counts.concepts },
        (_, index) => stubConcepts[(index + seed) % stubConcepts.length],
      ).flatMap((concept): DeliverableContent[] => (concept ? [{ kind: 'concept', concept }] : [])),
    ];
    let failed = 0;
    return runs.begin({
      kind: 'ideation',
      title: library.briefs.get(briefId)?.fields.name ?? '',
      about: { briefId },
      healed: options.failConcepts,
      jobs: contents.map(({ kind }) => ({ kind: 'deliverable.write', subject: kind })),
      work: async (index, { show }) => {
        const content = contents[index];
        if (content === undefined) throw new Error(`no content ${index}`);
        setText('working', `Writing ${content.kind} ${index + 1} of ${contents.length}`);
        try {
          const text = JSON.stringify(
            content.kind === 'persona' ? content.persona : content.kind === 'gap' ? content.gap : content.concept,
          );
          for (let end = 24; end < text.length; end += 24) {
            await pause(options.paceMs);
            show({ draft: text.slice(0, end) });
          }
        } finally {
          setText('idle', null);
        }
        if (content.kind === 'concept' && failed < options.failConcepts) {
          failed += 1;
          throw {
            code: 'text.invalidAnswer',
            message: 'The answer did not fit.',
            data: { task: 'concept', tries: 3, reason: 'the headline repeats an earlier one' },
          };
        }
        const deliverable = library.addDeliverable(briefId, content, seed);
        tell('deliverable.added', [deliverable.id]);
        return { deliverableId: deliverable.id };
      },
    });
  }

  const runs = createStubRuns(library, tell);
  const batches = createStubBatches(library, tell, options);
  runs.attachBatches(batches.control);
  return os.router({
    people: createPeopleHandlers(library, tell, options.role ?? 'admin'),
    media: createMediaHandlers(library, runs, tell, options.paceMs),
    model: createModelHandlers(options.paceMs, runs, (name) => tell('model.installed', [name])),
    system: {
      about: os.system.about.handler(() => ({
        version: '0.1.0',
        libraryName: 'Example library',
        readOnly: options.readOnly,
        role: options.role ?? 'admin',
        sharesMachine: options.sharesMachine ?? true,
        platform: 'linux',
        startedAtMs: library.nowMs,
        restartedAfter: options.restartedAfter ?? null,
      })),
      status: os.system.status.handler(async function* ({ signal }) {
        yield status;
        for await (const next of publisher.subscribe('status', { signal })) yield next;
      }),
      models: os.system.models.handler(() => [
        {
          name: 'starter-text',
          kind: 'text',
          family: 'GGUF, 12 M parameters',
          sizeBytes: 14_200_000,
          licence: 'Apache-2.0',
          shipped: true,
          note: 'Short marketing text under the ideation schemas. It cannot reason or translate.',
          problem: null,
        },
        {
          name: 'starter-image',
          kind: 'image',
          family: 'ONNX diffusion, 256 px',
          sizeBytes: 31_800_000,
          licence: 'Apache-2.0',
          shipped: true,
          note: 'Abstract brand graphics: gradients, shapes, patterns, light. It draws no people, products or text.',
          problem: null,
        },
        {
          name: 'starter-vision',
          kind: 'vision',
          family: 'ONNX encoder',
          sizeBytes: 9_400_000,
          licence: 'Apache-2.0',
          shipped: true,
          note: 'Compares style and finds similar pictures.',
          problem: null,
        },
        {
          name: 'sdxl-turbo-onnx',
          kind: 'image',
          family: 'ONNX diffusion, 512 px',
          sizeBytes: 6_938_000_000,
          licence: 'Stability AI Community',
          shipped: false,
          note: 'Photographic pictures.',
          problem: 'unet/model.onnx_data is missing.',
        },
        {
          name: 'loras/oat-grain',
          kind: 'image',
          family: 'LoRA',
          sizeBytes: 37_900_000,
          licence: 'not stated',
          shipped: false,
          note: '',
          lora: { base: 'Stable Diffusion 1.x' },
          problem: null,
        },
      ]),
      search: os.system.search.handler(({ input }) => {
        const wanted = input.text.toLowerCase();
        return [...library.deliverables.values()]
          .flatMap((entry) => {
            if (entry.content.kind !== 'concept' || !entry.content.concept.headline.toLowerCase().includes(wanted))
              return [];
            const { headline } = entry.content.concept;
            const at = headline.toLowerCase().indexOf(wanted);
            return [
              {
                kind: 'concept' as const,
                id: entry.id,
                briefId: entry.briefId,
                assetId: null,
                title: headline,
                excerpt: `${headline.slice(0, at)}\u2039${headline.slice(at, at + wanted.length)}\u203a${headline.slice(at + wanted.length)}`,
              },
            ];
          })
          .slice(0, input.limit);
      }),
      restartEngine: os.system.restartEngine.handler(() => ({})),
      runningBatch: os.system.runningBatch.handler(() => ({
        batchId: [...library.batches.values()].find((batch) => batch.state === 'running')?.id ?? null,
      })),
    },
    brief: {
      list: os.brief.list.handler(() =>
        [...library.briefs.values()].map((brief) => {
          const assets = [...library.assets.values()].filter((asset) => asset.briefId === brief.id);
          return {
            id: brief.id,
            name: brief.fields.name,
            product: brief.fields.product,
            goal: brief.fields.goal,
            updatedAtMs: brief.updatedAtMs,
            conceptCount: library.board(brief.id).filter((entry) => entry.content.kind === 'concept').length,
            assetCount: assets.length,
            unreviewedCount: assets.filter((asset) => asset.status === 'unreviewed').length,
            approvedCount: assets.filter((asset) => asset.status === 'approved').length,
            covers: assets.slice(-4).flatMap((asset) => (asset.thumbnails ? [asset.thumbnails.medium] : [])),
          };
        }),
      ),
      get: os.brief.get.handler(
        ({ input, errors }) =>
          library.briefs.get(input.briefId) ?? fail(errors['brief.notFound']({ data: { id: input.briefId } })),
      ),
      create: os.brief.create.handler(({ input, errors }) => {
        refuseBadBrief(input.text, (data) => errors['brief.invalid']({ data }));
        const brief = library.addBrief(input.text, 0);
        tell('brief.created', [brief.id]);
        return brief;
      }),
      update: os.brief.update.handler(({ input, errors }) => {
        refuseBadBrief(input.text, (data) => errors['brief.invalid']({ data }));
        const before =
          library.briefs.get(input.briefId) ?? fail(errors['brief.notFound']({ data: { id: input.briefId } }));
        const brief = { ...before, ...parseBrief(input.text, 'brief.md'), updatedAtMs: Date.now() };
        library.briefs.set(brief.id, brief);
        tell('brief.edited', [brief.id]);
        return brief;
      }),
    },
    format: createFormatHandlers(library, tell),
    event: events.handlers,
    scoring: createScoringHandlers(library, tell),
    brand: createBrandHandlers(library, tell),
    ideation: {
      board: os.ideation.board.handler(({ input }) => library.board(input.briefId)),
      run: os.ideation.run.handler(({ input }) => ideate(input.briefId, input, input.seed)),
      choose: os.ideation.choose.handler(({ input }) => {
        const changed = input.deliverableIds.flatMap((id) => {
          const entry = library.deliverables.get(id);
          if (entry) library.deliverables.set(id, { ...entry, chosen: input.chosen });
          return library.deliverables.get(id) ?? [];
        });
        tell(input.chosen ? 'deliverable.chosen' : 'deliverable.unchosen', input.deliverableIds);
        return changed;
      }),
      edit: os.ideation.edit.handler(({ input, errors }) => {
        const before =
          library.deliverables.get(input.deliverableId) ??
          fail(errors['deliverable.notFound']({ data: { id: input.deliverableId } }));
        const next = library.addDeliverable(before.briefId, input.content);
        const edited = { ...next, chosen: before.chosen, origin: { kind: 'edit' as const, of: before.id } };
        library.deliverables.set(edited.id, edited);
        tell('deliverable.edited', [edited.id]);
        return edited;
      }),
      bin: os.ideation.bin.handler(({ input }) => {
        for (const id of input.deliverableIds) library.binned.add(id);
        tell('deliverable.binned', input.deliverableIds);
        return { binned: input.deliverableIds.length };
      }),
      restore: os.ideation.restore.handler(({ input }) => {
        for (const id of input.deliverableIds) library.binned.delete(id);
        tell('deliverable.restored', input.deliverableIds);
        return { restored: input.deliverableIds.length };
      }),
    },
    plan: {
      list: os.plan.list.handler(({ input }) =>
        [...library.plans.values()].filter((plan) => input.briefId === null || plan.briefId === input.briefId),
      ),
      get: os.plan.get.handler(
        ({ input, errors }) =>
          library.plans.get(input.planId) ?? fail(errors['plan.notFound']({ data: { id: input.planId } })),
      ),
      headlines: os.plan.headlines.handler(({ input }) => listStubHeadlines(library, input.planId)),
      cells: os.plan.cells.handler(({ input }) =>
        [...library.cells.values()].filter((cell) => cell.planId === input.planId),
      ),
      forecast: os.plan.forecast.handler(({ input }) => {
        const images = input.conceptIds.length * input.formatIds.length * input.locales.length * input.variations;
        return { images, secondsPerImage: 5.2, totalSeconds: images * 5.2, diskBytes: images * 520_000 };
      }),
      create: os.plan.create.handler(({ input }) => {
        const plan = library.layOut(input);
        tell('plan.created', [plan.id]);
        return plan;
      }),
      vary: os.plan.vary.handler(({ input, errors }) => {
        const { assetId, count, strength, ...rest } = input;
        const asset =
          library.made().find(({ id }) => id === assetId) ?? fail(errors['asset.notFound']({ data: { id: assetId } }));
        const { briefId, brandVersionId, conceptId, locale, hash } = asset;
        const source = { hash, strength, mask: null };
        const axes = { conceptIds: [conceptId], locales: [locale], variations: count };
        const plan = library.layOut({ ...rest, ...axes, templates: [], briefId, brandVersionId, source });
        tell('plan.created', [plan.id]);
        const cells = [...library.cells.values()].filter(({ planId }) => planId === plan.id).map(({ id }) => id);
        return { briefId, planId: plan.id, batchId: batches.begin(plan.id, cells).id };
      }),
    },
    copy: createCopyHandlers(library, tell),
    bin: createBinHandlers(library, tell),
    batch: batches.handlers,
    run: runs.handlers,
    assetList: createListHandlers(library, options, summary),
    asset: {
      summaries: os.asset.summaries.handler(({ input }) => input.assetIds.flatMap(summary)),
      takes: os.asset.takes.handler(({ input }) =>
        library
          .made()
          .filter((asset) => asset.cellId === input.cellId)
          .toReversed()
          .flatMap((asset) => summary(asset.id)),
      ),
      get: os.asset.get.handler(
        ({ input, errors }) =>
          library.assets.get(input.assetId) ?? fail(errors['asset.notFound']({ data: { id: input.assetId } })),
      ),
      counts: os.asset.counts.handler(({ input }) => {
        const assets = library.filterAssets(input.filter);
        const count = (test: (asset: (typeof assets)[number]) => boolean) => assets.filter(test).length;
        return {
          total: assets.length,
          unreviewed: count((a) => a.status === 'unreviewed'),
          approved: count((a) => a.status === 'approved'),
          rejected: count((a) => a.status === 'rejected'),
          redo: count((a) => a.status === 'redo'),
          picks: count((a) => a.flag === 'pick'),
          judged: count((a) => a.compliant !== null),
          compliant: count((a) => a.compliant === true),
        };
      }),
      bin: os.asset.bin.handler(({ input }) => {
        for (const id of input.assetIds) library.binned.add(id);
        tell('asset.binned', input.assetIds);
        return { binned: input.assetIds.length };
      }),
      restore: os.asset.restore.handler(({ input }) => {
        for (const id of input.assetIds) library.binned.delete(id);
        tell('asset.restored', input.assetIds);
        return { restored: input.assetIds.length };
      }),
    },
    review: createReviewHandlers(library, tell, summary),
    delivery: {
      list: os.delivery.list.handler(() => library.deliveries),
      locate: os.delivery.locate.handler(({ input, errors }) => {
        const found =
          library.deliveries.find(({ id }) => id === input.deliveryId) ??
          fail(errors['delivery.notFound']({ data: { id: input.deliveryId } }));
        return { path: options.sharesMachine === false ? null : `/library/exports/${found.folderName}`, isThere: true };
      }),
      export: os.delivery.export.handler(({ input, errors }) => {
        const assets = library.filterAssets(input.filter);
        if (assets.length === 0) throw errors['delivery.empty']({ data: { filter: 'approved' } });
        return runs.begin({
          kind: 'export',
          title: input.name,
          jobs: [{ kind: 'delivery.write', subject: input.name }],
          work: async (_index, { show }) => {
            if (library.deliveries.some((delivery) => delivery.name === input.name))
              throw { code: 'delivery.targetExists', message: 'It exists.', data: { name: input.name } };
            for (let count = 0; count <= assets.length; count += Math.max(1, Math.ceil(assets.length / 8))) {
              show({ done: count, total: assets.length, unit: 'files' });
              await pause(options.paceMs);
            }
            const delivery = library.addDelivery(input.name, assets.length);
            tell('delivery.made', [delivery.id]);
            return delivery;
          },
        });
      }),
    },
  });
}

function fail(error: unknown): never {
  throw error;
}

type BadBrief = { file: string; line: number | null; field: string | null; reason: string; expected: string };

function refuseBadBrief(text: string, refuse: (data: BadBrief) => unknown): void {
  try {
    parseBrief(text, 'brief.md');
  } catch (error) {
    if (isStudioError(error) && error.code === 'brief.invalid') throw refuse(error.data as BadBrief);
    throw error;
  }
}
