import { join } from 'node:path';
import { assetFilterSchema, assetSortSchema } from '../../../electron/contract/asset.ts';
import type { AssetFilter } from '../../../electron/contract/asset.ts';
import { ownerId } from '../../../electron/contract/identifiers.ts';
import type { AssetId, RunId } from '../../../electron/contract/identifiers.ts';
import type { Library } from '../../../electron/library/library.ts';
import { planRetake } from '../../../electron/domain/production/plan-remake.ts';
import { claimPicture, completePicture } from '../../../scripts/proof/picture-jobs.ts';
import {
  completeJobs,
  makeBriefText,
  makeKit,
  makePictureBytes,
  makeReport,
  makeResult,
  preparePlan,
} from '../library-fixtures.ts';
import type { PreparedPlan } from '../library-fixtures.ts';

const everything = assetFilterSchema.parse({});
const lease = { worker: 'test', leaseMs: 60_000 };
const failure = { code: 'engine.failed', message: 'It failed.', data: { reason: 'a test' } };

/** Calls everything that a library offers at least once, in each way that asks the database for something else. Ends with the library closed. */
export async function useEverything(library: Library): Promise<void> {
  const prepared = await preparePlan(library);
  useBrands(library, prepared);
  useIdeas(library, prepared);
  const batch = library.batches.start(prepared.planId, null, 'owner');
  await useJobs(library, batch.id);
  await usePlans(library, prepared);
  useAssets(library, prepared);
  await useScores(library, prepared);
  useVerdicts(library);
  usePeople(library);
  useRuns(library, prepared, batch.id);
  await useImports(library, prepared);
  useEvents(library);
  useBin(library);
  await useFolder(library);
}

const idsOf = (library: Library, filter: AssetFilter = everything): AssetId[] => library.assets.ids(filter, 'oldest');

function firstOf<Value>(values: readonly Value[]): Value {
  const [first] = values;
  if (first === undefined) throw new Error('there is none');
  return first;
}

function useBrands({ brands, brandDrafts, formats }: Library, { brandVersionId }: PreparedPlan): void {
  const { brandId, files } = brands.version(brandVersionId);
  brands.list();
  brands.versions(brandId);
  const content = { kit: makeKit('Lumen'), files };
  brands.addVersion(brandId, content);
  brandDrafts.save(brandId, brandVersionId, content);
  brandDrafts.save(brandId, brandVersionId, content);
  brandDrafts.get(brandId);
  brandDrafts.discard(brandId);
  const format = formats.add({ name: 'Poster', width: 600, height: 900 });
  formats.get(format.id);
  formats.list();
  formats.remove(format.id);
}

function useIdeas({ briefs, deliverables }: Library, { briefId, conceptIds }: PreparedPlan): void {
  briefs.list();
  briefs.get(briefId);
  briefs.update(briefId, makeBriefText('Oat milk, second wave'));
  deliverables.board(briefId);
  const first = firstOf(conceptIds);
  deliverables.choose(conceptIds, true);
  const { content } = deliverables.get(first);
  const edit = deliverables.add({
    briefId,
    content,
    origin: { kind: 'edit', of: first },
    parentIds: [first],
    citations: [],
  });
  deliverables.latest(first);
  deliverables.bin([edit.id]);
  deliverables.restore([edit.id]);
}

async function useJobs(library: Library, runId: RunId): Promise<void> {
  const { jobs, pictures, batches } = library;
  jobs.nextDueMs('image');
  const released = claimPicture(library, lease);
  const failed = claimPicture(library, lease);
  const tried = claimPicture(library, lease);
  if (released === null || failed === null || tried === null) throw new Error('no job');
  jobs.heartbeat(released, 60_000);
  jobs.begin(released);
  jobs.keepDraft(released, 'begun');
  jobs.release(released);
  jobs.fail(failed, { error: failure as never, next: 'again', crashed: true });
  const given = claimPicture(library, lease);
  if (given === null) throw new Error('no job');
  jobs.fail(given, { error: failure as never, next: 'giveUp', crashed: false });
  jobs.get(given.jobId);
  jobs.known('picture.make', 'a hash');
  jobs.releaseExpired();
  pictures.work(tried.jobId);
  const hash = await library.store.put(makePictureBytes(1));
  const artHash = await library.store.put(makePictureBytes(2));
  completePicture(library, tried, { ...makeResult(tried, hash), artHash, fingerprint: new Uint8Array(8) });
  const again = claimPicture(library, lease);
  if (again === null) throw new Error('no job');
  completePicture(library, again, { ...makeResult(again, hash), next: planRetake(again.seed, 0) });
  batches.list(null, 10);
  batches.get(runId);
  batches.listOpen();
  batches.failures(runId);
  batches.countQueue();
  await completeJobs(library, Number.POSITIVE_INFINITY, (index) => (index % 2 === 0 ? 5 : 50));
  jobs.recentDurationsMs('picture.make', 10);
}

async function usePlans(library: Library, { briefId, planId, conceptIds }: PreparedPlan): Promise<void> {
  const { plans, pictures, batches, deliverables } = library;
  plans.list(null);
  plans.list(briefId);
  plans.get(planId);
  plans.tries(planId);
  plans.cell(firstOf(plans.cells(planId)).id);
  batches.list(planId, 10);
  const first = deliverables.latest(firstOf(conceptIds));
  if (first.content.kind !== 'concept') throw new Error('no concept');
  const concept = { ...first.content.concept, headline: 'Another headline' };
  deliverables.add({
    briefId,
    content: { kind: 'concept', concept },
    origin: { kind: 'edit', of: first.id },
    parentIds: [],
    citations: [],
  });
  pictures.staleWords(planId);
  pictures.newestWithArt(firstOf(plans.cells(planId)).id);
  const { copies } = library;
  copies.write([
    {
      conceptId: firstOf(conceptIds),
      locale: 'en',
      formatId: null,
      words: { headline: 'One', body: 'Two.', callToAction: 'Three' },
      origin: { kind: 'hand' },
    },
  ]);
  copies.list(planId);
  copies.words({ conceptId: firstOf(conceptIds), locale: 'en', formatId: 'story' });
  batches.updateWords(planId, null, 'owner');
  const compose = library.jobs.claim({ ...lease, resource: 'processor', kinds: ['picture.compose'] });
  if (compose !== null) library.jobs.fail(compose, { error: failure as never, next: 'giveUp', crashed: false });
}

function useAssets(library: Library, { briefId, planId, brandVersionId }: PreparedPlan): void {
  const { assets, search } = library;
  for (const sort of assetSortSchema.options) assets.ids(everything, sort);
  for (const filter of [
    { briefId },
    { planId },
    { batchId: firstOf(library.batches.list(planId, 10)).id },
    { statuses: ['unreviewed' as const] },
    { flags: ['pick' as const] },
    { minStars: 3 },
    { formatIds: ['story' as const] },
    { compliance: 'failed' as const },
    { failedCheck: 'palette' as const },
    { judgedAgainst: brandVersionId, compliance: 'passed' as const },
    { text: 'morn' },
  ])
    assets.counts({ ...everything, ...filter });
  const ids = idsOf(library);
  const first = firstOf(ids);
  assets.summaries(ids);
  assets.summaries(ids, brandVersionId);
  const { cellId } = assets.getMade(first);
  assets.get(first, brandVersionId);
  if (cellId !== null) assets.takes(cellId);
  assets.reports(first);
  assets.art(first);
  assets.fingerprints(planId, 'square-post');
  assets.fingerprints(planId, 'square-post', first);
  assets.idsOfBrandVersion(brandVersionId);
  assets.readAhead();
  assets.readChecksAhead();
  const list = assets.lists.open(everything, 'newest', null);
  assets.lists.names(list.listId, 0, 10);
  assets.lists.locate(list.listId, ids);
  assets.lists.follow(list.listId);
  search.find('morning', 10);
}

async function useScores(library: Library, { briefId, planId, brandVersionId }: PreparedPlan): Promise<void> {
  const { assets, scores, rescores, jobs, brands } = library;
  const first = firstOf(idsOf(library));
  const scope = { briefId: null, planId: null };
  const newer = firstOf(brands.versions(brands.version(brandVersionId).brandId)).id;
  const rescore = rescores.start(newer, scope, 'owner');
  rescores.get(rescore.id);
  rescores.list(10);
  const job = jobs.claim({ ...lease, resource: 'processor', kinds: ['picture.rescore'] });
  if (job !== null) jobs.complete(job, () => ({}));
  assets.addReport(first, makeReport(newer));
  for (const part of [scope, { briefId, planId: null }, { briefId: null, planId }]) {
    scores.overview(part, null);
    scores.overview(part, brandVersionId);
    scores.versions(part);
  }
  scores.reports(first);
}

function useVerdicts(library: Library): void {
  const { verdicts } = library;
  const assetIds = idsOf(library).slice(0, 2);
  const decide = (decision: Parameters<typeof verdicts.decide>[0]['decision']) =>
    verdicts.decide({ assetIds, decision, reason: 'a test', reviewer: 'owner' });
  decide({ axis: 'flag', value: 'pick' });
  decide({ axis: 'stars', value: 4 });
  decide({ axis: 'status', value: 'redo' });
  verdicts.rule();
  verdicts.setRule({ kind: 'quorum', count: 2 });
  decide({ axis: 'status', value: 'approved' });
  verdicts.setRule({ kind: 'newest' });
  verdicts.undo('owner');
  verdicts.redo('owner');
}

function useRuns({ runs, deliveries }: Library, { briefId }: PreparedPlan, batchId: RunId): void {
  const run = runs.start({
    kind: 'ideation',
    title: 'Ideas',
    about: { briefId },
    askedBy: 'owner',
    jobs: [
      {
        kind: 'deliverable.write',
        resource: 'text',
        input: { briefId, brandVersionId: null, kind: 'persona', position: 0, seed: 1 },
      },
      {
        kind: 'deliverable.write',
        resource: 'text',
        input: { briefId, brandVersionId: null, kind: 'concept', position: 0, seed: 2 },
        needs: [{ index: 0, mustSucceed: true }],
      },
    ],
  });
  runs.list({});
  runs.list({ kinds: ['ideation'], open: true, briefId, limit: 5 });
  runs.list({ failed: true, limit: 5 });
  runs.listOpen();
  runs.listRunning();
  runs.get(run.id);
  runs.pause(run.id);
  runs.resume(run.id);
  runs.retryFailed(batchId);
  runs.ends(run.id);
  runs.troubles(run.id);
  runs.stop(run.id);
  deliveries.add({ name: 'First', folderName: 'first', files: 0, bytes: 0, assetIds: [] });
  deliveries.list();
}

function usePeople({ people, invites }: Library): void {
  const [code, token] = [new Uint8Array(32), new Uint8Array(32).fill(1)];
  const invite = { hash: code, role: 'reviewer', personId: null, invitedBy: ownerId, lastsMs: 60_000 } as const;
  people.nameOwner('Mira');
  invites.add(invite);
  invites.open(code);
  const ada = invites.accept({ code, token, name: 'Ada' });
  const again = invites.add({ ...invite, hash: new Uint8Array(32).fill(2), personId: ada.id });
  invites.list();
  invites.takeBack(again.id);
  people.list();
  people.find(ada.id);
  people.get(ada.id);
  people.ofToken(token);
  people.noteVisit(ada.id, token);
  people.onCut(() => undefined)();
  people.rename(ada.id, 'Ada O.');
  people.setRole(ada.id, 'viewer');
  people.takeBack(ada.id);
}

async function useImports(library: Library, { briefId }: PreparedPlan): Promise<void> {
  const { assets, imports, runs, jobs, verdicts } = library;
  const hash = await library.store.put(makePictureBytes(50));
  const input = { name: 'one.png', from: { kind: 'upload' as const, hash }, briefId };
  const job = { kind: 'files.import' as const, resource: 'disk' as const, subject: 'one.png', input, inputHash: hash };
  const run = runs.start({
    kind: 'filesImport',
    title: 'one.png',
    about: { briefId },
    askedBy: 'owner',
    jobs: [job, job],
  });
  const size = { width: 8, height: 8, durationMs: null, pages: null };
  const words = { name: 'one.png', mediaType: 'image/png', text: 'bottle', by: 'owner' };
  const file = { ...size, ...words, original: hash, shown: hash, medium: 'picture' as const, briefId };
  const claim = () => jobs.claim({ ...lease, resource: 'disk', kinds: ['files.import'] });
  const [first, second] = [claim(), claim()];
  if (first === null || second === null) throw new Error('no job');
  jobs.complete(first, (sequence) => imports.commit(sequence, file));
  imports.knows(hash);
  const imported = firstOf(assets.ids({ ...everything, origins: ['imported'], media: ['picture'] }, 'newest'));
  assets.get(imported);
  assets.bin([imported]);
  jobs.complete(second, () => imports.commitKnown(hash) ?? {});
  imports.outcomes(run.id);
  verdicts.decide({
    assetIds: [imported],
    decision: { axis: 'status', value: 'approved' },
    reason: '',
    reviewer: 'owner',
  });
}

function useEvents({ events, settings }: Library): void {
  const stop = events.onCommit(() => undefined);
  const latest = events.latest();
  events.has(latest);
  events.record('model.chosen', ['fake-text']);
  events.list({ after: 0, upTo: 1_000_000, limit: 10 });
  events.cursor('test');
  events.advance('test', 1);
  stop();
  settings.set('test', { value: 1 });
  settings.get('test');
}

function useBin(library: Library): void {
  const { assets, bin, thumbnails, objects, deliverables, briefs } = library;
  const [first, second, third] = idsOf(library);
  if (first === undefined || second === undefined || third === undefined) throw new Error('no pictures');
  const { hash } = firstOf(thumbnails.missing(10));
  thumbnails.record(first, { small: hash, medium: hash, large: hash });
  thumbnails.recordFailure(second, 'a test');
  objects.remember(hash);
  objects.describe(hash);
  assets.bin([first, second, third]);
  assets.restore([third]);
  const brief = firstOf(briefs.list());
  deliverables.bin([firstOf(deliverables.board(brief.id)).id]);
  bin.content();
  bin.list({ offset: 0, limit: 10 });
  bin.ids();
  bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER, atMost: 1 });
  bin.empty({ binnedBeforeMs: Number.MAX_SAFE_INTEGER });
  bin.hasEmptied(first);
}

async function useFolder(library: Library): Promise<void> {
  const { store } = library;
  await store.put(makePictureBytes(99));
  await library.fsck({ read: 'all' });
  await library.repair();
  library.backUp(join(library.folder, 'copy.db'));
  library.close();
}
