import type { Copy } from '../../../electron/contract/copy.ts';
import type { Asset, AssetFilter, AssetSort, MadeAsset } from '../../../electron/contract/asset.ts';
import { madeAssetSchema } from '../../../electron/contract/asset.ts';
import { isWanted } from './is-wanted.ts';
import type { Batch } from '../../../electron/contract/batch.ts';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import type { Brief } from '../../../electron/contract/brief.ts';
import type { Delivery } from '../../../electron/contract/delivery.ts';
import {
  assetIdSchema,
  batchIdSchema,
  brandIdSchema,
  brandVersionIdSchema,
  briefIdSchema,
  cellIdSchema,
  deliverableIdSchema,
  deliveryIdSchema,
  jobIdSchema,
  objectHashSchema,
  planIdSchema,
} from '../../../electron/contract/identifiers.ts';
import type { AssetId, AssetListId, BriefId, PlanId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable, DeliverableContent } from '../../../electron/contract/ideation.ts';
import type { Cell, Plan } from '../../../electron/contract/plan.ts';
import { listKitFiles } from '../../../electron/domain/brand/parse-kit.ts';
import { parseBrief } from '../../../electron/domain/brief/parse-brief.ts';
import type { ChannelFormat } from '../../../electron/contract/format.ts';
import { getChannelFormat } from '../../../electron/domain/production/channel-formats.ts';
import {
  readExampleFile,
  stubBriefText,
  stubConcepts,
  stubGaps,
  stubKit,
  stubPersona,
  stubSecondBriefText,
} from './stub-content.ts';
import type { StubList } from './stub-list.ts';
import { StubPictures } from './stub-pictures.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const HOUR_MS = 3_600_000;

/** Everything the stub knows, in memory. `assetCount` pictures hang on one plan of the first brief. */
/** The checks that always pass here, with the names that the product gives them. */
const otherChecks = (
  [
    ['off-palette', 'share', 0.012, 0.12, 'lower', "1.2 % of the picture is in colours that are none of the brand's."],
    ['palette-share', 'share', 0, 0, 'lower', 'No colour of the brand has a share to keep to.'],
    [
      'busy-ground',
      'share',
      0.02,
      0.095,
      'lower',
      'Small type and logo stand on calm ground; the body text has most edges under it, 2 %.',
    ],
    ['text-fit', '× smallest size', 1.58, 1, 'higher', 'All text stands at or above the smallest size.'],
    ['logo', 'share', 1, 0.9, 'higher', 'The logo is whole and stands out with 100 % of its outline.'],
    [
      'logo-contrast',
      ':1',
      11.2,
      3,
      'higher',
      'Every part of the logo stands out; the least plain one stands on cream at 11.2:1.',
    ],
    ['logo-space', 'px', 48, 24, 'higher', 'The logo has 48 px of clear space; the brand asks for 24 px.'],
    ['logo-size', 'px', 236, 180, 'higher', 'The logo is 236 px wide; the brand asks for 180 px.'],
    [
      'logo-variant',
      'lightness',
      28.4,
      0,
      'higher',
      'The logo, made for light grounds, stands on a lightness of 73.4.',
    ],
    [
      'logo-ground',
      'share',
      0.04,
      0.35,
      'lower',
      'The ground of the logo is in no colour that the brand forbids for it.',
    ],
    ['terms', 'terms', 0, 0, 'lower', 'No word that the brand rules out.'],
    ['voice', 'rules broken', 0, 0, 'lower', 'The copy is reading level LIX 28.'],
    ['sameness', 'distance', 0.31, 0.025, 'higher', 'The most similar picture is clearly another.'],
    ['format', 'limits broken', 0, 0, 'lower', 'The file keeps to the channel: enlarged 2.1 times.'],
  ] as const
).map(([name, unit, score, threshold, better, reason]) => ({
  name,
  unit,
  score,
  threshold,
  better,
  reason,
  passed: true,
  region: null,
}));

const stubRemake = {
  number: 2,
  cause: 'checks',
  failedChecks: ['palette'],
  changes: [
    { what: 'seed', from: 1, to: 2 },
    { what: 'paletteGuidance', from: 0.6, to: 0.8 },
  ],
  settings: { seed: 2, paletteGuidance: 0.8, negativeTerms: [], template: null },
} as const;

export class StubLibrary {
  readonly formats: ChannelFormat[] = [];
  /** Empty as in a studio that was started anew, once it is cleared. */
  readonly lists = new Map<AssetListId, StubList>();
  #listener: (assetId: AssetId) => void = () => undefined;
  /** A save of a draft is on its way until this has resolved. */
  draftsMayLand: Promise<void> = Promise.resolve();
  readonly pictures = new StubPictures();
  readonly briefs = new Map<string, Brief>();
  readonly deliverables = new Map<string, Deliverable>();
  readonly binned = new Set<string>();
  /** By concept, language and channel format. */
  readonly copies = new Map<string, Copy>();
  readonly versions: BrandVersion[] = [];
  readonly plans = new Map<string, Plan>();
  readonly cells = new Map<string, Cell>();
  readonly batches = new Map<string, Batch>();
  readonly assets = new Map<AssetId, Asset>();
  readonly deliveries: Delivery[] = [];
  /** Bytes of imported sounds, by hash. */
  readonly sounds = new Map<string, Buffer>();
  readonly nowMs: number;
  #count = 0;

  constructor(assetCount: number, nowMs: number = Date.now()) {
    this.nowMs = nowMs;
    const first = this.addBrief(stubBriefText, 26);
    this.addBrief(stubSecondBriefText, 3);
    const brandId = brandIdSchema.parse(this.newId());
    for (const number of [1, 2, 3]) {
      const kit = {
        ...stubKit,
        palette: stubKit.palette.slice(0, 3 + number),
        thresholds: { ...stubKit.thresholds, paletteDistance: 13 - number },
      };
      this.addVersion(brandId, number, kit, 24 * 9 - number * 48);
    }
    for (const content of this.#boardContent()) this.addDeliverable(first.id, content);
    if (assetCount > 0) this.addPlan(first.id, assetCount);
  }

  /** Who tells the pages that a picture has arrived. */
  onArrival(listener: (assetId: AssetId) => void): void {
    this.#listener = listener;
  }

  /** Another picture, unreviewed, like one that is here. */
  arrive(like: MadeAsset): AssetId {
    const id = assetIdSchema.parse(this.newId());
    this.assets.set(id, { ...like, id, status: 'unreviewed', flag: 'none', stars: 0 });
    this.#listener(id);
    return id;
  }

  newId(): string {
    this.#count += 1;
    let digits = '';
    for (let rest = this.#count; rest > 0; rest = Math.floor(rest / 32)) digits = (alphabet[rest % 32] ?? '0') + digits;
    return digits.padStart(26, '0');
  }

  addBrief(text: string, hoursAgo: number): Brief {
    const parsed = parseBrief(text, 'brief.md');
    const createdAtMs = this.nowMs - hoursAgo * HOUR_MS;
    const brief: Brief = { id: briefIdSchema.parse(this.newId()), ...parsed, createdAtMs, updatedAtMs: createdAtMs };
    this.briefs.set(brief.id, brief);
    return brief;
  }

  addVersion(
    brandId: BrandVersion['brandId'],
    number: number,
    kit: BrandVersion['kit'],
    hoursAgo: number,
  ): BrandVersion {
    const files = Object.fromEntries(
      listKitFiles(kit).map(({ file }) => [file, objectHashSchema.parse(this.pictures.addFile(readExampleFile(file)))]),
    );
    const version: BrandVersion = {
      id: brandVersionIdSchema.parse(this.newId()),
      brandId,
      number,
      kit,
      files,
      createdAtMs: this.nowMs - hoursAgo * HOUR_MS,
    };
    this.versions.push(version);
    return version;
  }

  latestVersion(): BrandVersion {
    const version = this.versions.at(-1);
    if (!version) throw new Error('the stub has no brand');
    return version;
  }

  addDeliverable(briefId: BriefId, content: DeliverableContent, seed = 7): Deliverable {
    const deliverable: Deliverable = {
      id: deliverableIdSchema.parse(this.newId()),
      briefId,
      content,
      origin: {
        kind: 'model',
        model: 'starter-text',
        modelHash: 'b1'.repeat(32),
        system: 'You write short marketing text as JSON.',
        prompt: 'Brief: Spring launch for Lumen Oat',
        seed,
      },
      parentIds: [],
      citations: [
        { field: 'facts', text: 'foams at 55 to 65 °C without splitting' },
        { field: 'goal', text: 'make home baristas try the new barista carton in April' },
      ],
      chosen: false,
      createdAtMs: this.nowMs - HOUR_MS,
    };
    this.deliverables.set(deliverable.id, deliverable);
    return deliverable;
  }

  #boardContent(): DeliverableContent[] {
    return [
      { kind: 'persona', persona: stubPersona },
      ...stubGaps.map((gap): DeliverableContent => ({ kind: 'gap', gap })),
      ...stubConcepts.slice(0, 4).map((concept): DeliverableContent => ({ kind: 'concept', concept })),
    ];
  }

  board(briefId: BriefId): Deliverable[] {
    const live = [...this.deliverables.values()].filter(
      (entry) => entry.briefId === briefId && !this.binned.has(entry.id),
    );
    const replaced = new Set(live.map((entry) => (entry.origin.kind === 'edit' ? entry.origin.of : null)));
    return live.filter((entry) => !replaced.has(entry.id));
  }

  addPlan(briefId: BriefId, assetCount: number): Plan {
    const concepts = this.board(briefId).filter((entry) => entry.content.kind === 'concept');
    const formatIds = ['square-post', 'portrait-post', 'story'] as const;
    const perCell = concepts.length * formatIds.length;
    const plan: Plan = {
      id: planIdSchema.parse(this.newId()),
      briefId,
      brandVersionId: this.latestVersion().id,
      name: 'Spring launch',
      conceptIds: concepts.map((concept) => concept.id),
      formatIds: [...formatIds],
      locales: ['en'],
      variations: Math.min(1000, Math.max(1, Math.ceil(assetCount / perCell))),
      seed: 7,
      cellCount: assetCount,
      createdAtMs: this.nowMs - 5 * HOUR_MS,
    };
    this.plans.set(plan.id, plan);
    const batchId = batchIdSchema.parse(this.newId());
    for (let index = 0; index < assetCount; index += 1) {
      const concept = concepts[index % concepts.length];
      const formatId = formatIds[Math.floor(index / concepts.length) % formatIds.length];
      if (!concept || !formatId) continue;
      const cell = this.addCell(plan.id, concept.id, formatId, Math.floor(index / perCell), index);
      this.addAsset({ plan, batchId, cell, concept, index });
    }
    this.batches.set(batchId, {
      id: batchId,
      planId: plan.id,
      state: 'running',
      total: assetCount + 12,
      done: assetCount,
      failed: 1,
      waiting: 11,
      imagesPerMinute: 11.4,
      remaining: { low: 48, middle: 62, high: 90 },
      waitingFor: null,
      inHand: [
        {
          jobId: jobIdSchema.parse(this.newId()),
          cellId: [...this.cells.values()][0]?.id ?? cellIdSchema.parse(this.newId()),
          step: 9,
          steps: 20,
          preview: null,
        },
      ],
      remade: 0,
      latestAssetIds: [...this.assets.keys()].slice(-12),
      startedAtMs: this.nowMs - 6 * 60_000,
      finishedAtMs: null,
    });
    return plan;
  }

  layOut(input: Omit<Plan, 'id' | 'cellCount' | 'createdAtMs'>): Plan {
    const cellCount = input.conceptIds.length * input.formatIds.length * input.locales.length * input.variations;
    const plan = { ...input, id: planIdSchema.parse(this.newId()), cellCount, createdAtMs: Date.now() };
    this.plans.set(plan.id, plan);
    let seed = input.seed;
    for (const conceptId of input.conceptIds)
      for (const formatId of input.formatIds)
        for (let variation = 0; variation < input.variations; variation += 1)
          this.addCell(plan.id, conceptId, formatId, variation, seed++);
    return plan;
  }

  addCell(
    planId: PlanId,
    conceptId: Cell['conceptId'],
    formatId: Cell['formatId'],
    variation: number,
    seed: number,
  ): Cell {
    const cell: Cell = {
      id: cellIdSchema.parse(this.newId()),
      planId,
      conceptId,
      formatId,
      locale: 'en',
      variation,
      seed,
      status: 'empty',
      takeCount: 0,
      cover: null,
    };
    this.cells.set(cell.id, cell);
    return cell;
  }

  addAsset({
    plan,
    batchId,
    cell,
    concept,
    index,
  }: {
    plan: Plan;
    batchId: Batch['id'];
    cell: Cell;
    concept: Deliverable;
    index: number;
  }): MadeAsset {
    const content = concept.content.kind === 'concept' ? concept.content.concept : stubConcepts[0];
    if (!content) throw new Error('the stub has no concept');
    const { width, height } = getChannelFormat(cell.formatId);
    const hash = this.pictures.add(index, width, height, content.headline);
    const thumbnail = (edge: number) =>
      this.pictures.add(
        index,
        Math.round((width * edge) / Math.max(width, height)),
        Math.round((height * edge) / Math.max(width, height)),
        content.headline,
      );
    const small = thumbnail(160);
    const passed = index % 7 !== 3;
    const asset = madeAssetSchema.parse({
      id: this.newId(),
      medium: 'picture',
      origin: 'made',
      durationMs: null,
      pages: null,
      hash,
      width,
      height,
      thumbnails: { small, medium: thumbnail(480), large: thumbnail(1280) },
      formatId: cell.formatId,
      locale: 'en',
      headline: content.headline,
      flag: index % 11 === 4 ? 'pick' : 'none',
      stars: index % 5 === 2 ? 4 : 0,
      status: (['unreviewed', 'unreviewed', 'approved', 'unreviewed', 'rejected', 'redo'] as const)[index % 6],
      compliant: passed,
      failedChecks: passed ? [] : ['contrast'],
      judgedBy: { brandVersionId: plan.brandVersionId, number: 1 },
      remake: index % 6 === 1 || (!passed && index % 2 === 0) ? stubRemake : null,
      wasRemade: !passed && index % 3 === 0,
      createdAtMs: this.nowMs - (5000 - (index % 5000)) * 1000,
      briefId: plan.briefId,
      planId: plan.id,
      batchId,
      cellId: cell.id,
      conceptId: concept.id,
      brandVersionId: plan.brandVersionId,
      sizeBytes: 482_133,
      recipe: {
        version: 1,
        engineBuild: 'onnxruntime 1.30.0 cpu',
        model: { name: 'starter-image', hash: 'a3'.repeat(32) },
        loras: [],
        prompt: `${content.imagePrompt}, soft grain`,
        negativePrompt: 'people, text',
        seed: (1_000_003 * (index + 1)) % 4_294_967_295,
        scheduler: 'ddim',
        steps: index % 2 === 0 ? 20 : 24,
        guidance: 4 + (index % 3) * 0.5,
        width: 512,
        height: 512,
        paletteGuidance: null,
        brandVersionId: plan.brandVersionId,
        template: {
          name: 'headline-stack',
          version: 1,
          outputWidth: width,
          outputHeight: height,
          headline: content.headline,
          body: content.body,
          callToAction: content.callToAction,
          logo: null,
        },
      },
      report: {
        brandVersionId: plan.brandVersionId,
        passed,
        measuredAtMs: this.nowMs,
        checks: [
          {
            name: 'palette',
            score: 6.2 + (index % 4),
            threshold: 10,
            unit: 'ΔE00',
            better: 'lower',
            passed: true,
            reason: 'The picture stays close to the palette.',
            region: null,
          },
          {
            name: 'contrast',
            score: passed ? 7.4 : 3.1,
            threshold: 4.5,
            unit: ':1',
            better: 'higher',
            passed,
            reason: passed
              ? 'All text is clear on what is behind it.'
              : 'The headline is weak on the gold field behind it.',
            region: { x: width * 0.06, y: height * 0.64, width: width * 0.7, height: height * 0.18 },
          },
          {
            name: 'safe-area',
            score: 1,
            threshold: 1,
            unit: 'share',
            better: 'higher',
            passed: true,
            reason: 'Text and logo stand inside the safe area.',
            region: null,
          },
          ...otherChecks,
        ],
      },
      verdicts: [],
      standing: [],
    });
    this.assets.set(asset.id, asset);
    this.cells.set(cell.id, { ...cell, status: 'done', takeCount: 1, cover: { assetId: asset.id, thumbnail: small } });
    return asset;
  }

  /** What a plan made. */
  made(): MadeAsset[] {
    return [...this.assets.values()].filter((asset) => asset.origin === 'made');
  }

  addDelivery(name: string, files: number): Delivery {
    const delivery: Delivery = {
      id: deliveryIdSchema.parse(this.newId()),
      name,
      folderName: name.toLowerCase().replace(/\W+/g, '-'),
      files,
      bytes: files * 480_000,
      createdAtMs: this.nowMs,
    };
    this.deliveries.unshift(delivery);
    return delivery;
  }

  filterAssets(filter: AssetFilter, sort: AssetSort = 'newest'): Asset[] {
    const found = [...this.assets.values()].filter((asset) => !this.binned.has(asset.id) && isWanted(asset, filter));
    if (sort === 'oldest') return found;
    if (sort === 'stars') return found.toSorted((a, b) => b.stars - a.stars);
    if (sort === 'worst-compliance') return found.toSorted((a, b) => Number(a.compliant) - Number(b.compliant));
    return found.toReversed();
  }
}
