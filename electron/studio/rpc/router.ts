import type { Router } from '@orpc/server';
import type { StudioContract } from '../../contract/index.ts';
import type { GuardedImplementer } from './guard.ts';
import type { Caller } from '../people/caller.ts';
import { acceptInvitation } from '../people/accept-invitation.ts';
import { describeMe } from '../people/describe-me.ts';
import { invitePerson } from '../people/invite-person.ts';
import { renamePerson } from '../people/rename-person.ts';
import { emptyBin } from '../bin/empty-bin.ts';
import { restoreBin } from '../bin/restore-bin.ts';
import { streamAudit } from '../events/stream-audit.ts';
import { discardBrandDraft, saveBrandDraft } from '../brand/brand-draft.ts';
import { importBrand, saveBrandVersion } from '../brand/import-brand.ts';
import { readUploads } from '../brand/kit-files.ts';
import { readSourceFiles } from '../reading/read-source-files.ts';
import { sampleBrand } from '../brand/sample-brand.ts';
import { createBrief, updateBrief } from '../brief/create-brief.ts';
import { exportDelivery } from '../deliver/export-delivery.ts';
import { locateDelivery } from '../deliver/find-delivery.ts';
import { editDeliverable } from '../ideation/edit-deliverable.ts';
import { runIdeation } from '../ideation/run-ideation.ts';
import { importPaths, importUploads } from '../media/start-import.ts';
import { bringInModel, lookAtModel, matchLora, removeOwnModel } from '../models/bring-in-model.ts';
import { chooseTextModel, readTextChoice } from '../models/text-choice.ts';
import { createPlan, forecastAxes } from '../plan/create-plan.ts';
import { varyPicture } from '../plan/vary-picture.ts';
import { pauseRun, resumeRun, retryFailedJobs, stopRun } from '../jobs/control-run.ts';
import { watchRun } from '../jobs/watch-run.ts';
import { readCopyTable } from '../copy/copy-table.ts';
import { exportCopies } from '../copy/export-copies.ts';
import { importCopies } from '../copy/import-copies.ts';
import { writeCopies } from '../copy/write-copies.ts';
import { listHeadlines } from '../plan/list-headlines.ts';
import { startBatch, updateWords } from '../plan/control-batch.ts';
import { watchBatch } from '../plan/watch-batch.ts';
import { openAssetList } from '../review/open-asset-list.ts';
import { decide, redoDecision, undoDecision } from '../review/decide.ts';
import { startRescore, watchRescore } from '../measure/control-rescore.ts';
import type { StudioContext } from '../system/studio-context.ts';
import { describeStudio } from '../system/describe-studio.ts';
import { restartEngine } from '../system/restart-engine.ts';
import { watchStatus } from '../system/watch-status.ts';

/** The contract, procedure by procedure. Nothing but this table stands here; guard.ts has authorised and parsed before. */
export function createRouter(os: GuardedImplementer, studio: StudioContext): StudioRouter {
  const { library, feed } = studio;
  return os.router({
    asset: {
      summaries: os.asset.summaries.handler(({ input }) =>
        library.assets.summaries(input.assetIds, input.judgedAgainst),
      ),
      takes: os.asset.takes.handler(({ input }) => library.assets.takes(input.cellId)),
      get: os.asset.get.handler(({ input }) => library.assets.get(input.assetId, input.judgedAgainst)),
      counts: os.asset.counts.handler(({ input }) => library.assets.counts(input.filter)),
      bin: os.asset.bin.handler(({ input }) => ({ binned: library.assets.bin(input.assetIds) })),
      restore: os.asset.restore.handler(({ input }) => ({ restored: library.assets.restore(input.assetIds) })),
    },
    assetList: {
      open: os.assetList.open.handler(({ input }) => openAssetList(library.assets, input)),
      names: os.assetList.names.handler(({ input }) =>
        library.assets.lists.names(input.listId, input.start, input.count),
      ),
      locate: os.assetList.locate.handler(({ input }) => library.assets.lists.locate(input.listId, input.assetIds)),
      follow: os.assetList.follow.handler(({ input }) => library.assets.lists.follow(input.listId)),
    },
    batch: {
      list: os.batch.list.handler(({ input }) => library.batches.list(input.planId, input.limit).map(studio.viewBatch)),
      get: os.batch.get.handler(({ input }) => studio.viewBatch(library.batches.get(input.batchId))),
      start: os.batch.start.handler(({ input, context }) =>
        startBatch(studio, input.planId, input.cellIds, context.reviewer),
      ),
      staleWords: os.batch.staleWords.handler(({ input }) => ({
        cellIds: library.pictures.staleWords(input.planId).map(({ cellId }) => cellId),
      })),
      updateWords: os.batch.updateWords.handler(({ input, context }) =>
        updateWords(studio, input.planId, input.cellIds, context.reviewer),
      ),
      failures: os.batch.failures.handler(({ input }) => library.batches.failures(input.batchId)),
      watch: os.batch.watch.handler(({ input, signal }) => watchBatch(studio, input.batchId, signal)),
    },
    bin: {
      content: os.bin.content.handler(() => library.bin.content()),
      list: os.bin.list.handler(({ input }) => library.bin.list(input)),
      restoreAll: os.bin.restoreAll.handler(() => ({ restored: restoreBin(studio) })),
      empty: os.bin.empty.handler(({ input }) => emptyBin(studio, input.binnedBeforeMs)),
    },
    brand: {
      list: os.brand.list.handler(() => library.brands.list()),
      versions: os.brand.versions.handler(({ input }) => library.brands.versions(input.brandId)),
      import: os.brand.import.handler(async ({ input }) =>
        importBrand(studio, input.kitText, await readUploads(input.files)),
      ),
      saveVersion: os.brand.saveVersion.handler(async ({ input }) =>
        saveBrandVersion(studio, input.brandId, input.kit, await readUploads(input.files)),
      ),
      readSources: os.brand.readSources.handler(async ({ input, signal }) =>
        studio.reader.readSources(await readSourceFiles(input.files), signal),
      ),
      draft: os.brand.draft.handler(({ input }) => library.brandDrafts.get(input.brandId)),
      saveDraft: os.brand.saveDraft.handler(({ input }) => saveBrandDraft(studio, input, readUploads(input.files))),
      discardDraft: os.brand.discardDraft.handler(({ input }) => discardBrandDraft(studio, input.brandId)),
      sample: os.brand.sample.handler(({ input }) => sampleBrand(studio, input)),
    },
    brief: {
      list: os.brief.list.handler(() => library.briefs.list()),
      get: os.brief.get.handler(({ input }) => library.briefs.get(input.briefId)),
      create: os.brief.create.handler(({ input }) => createBrief(studio, input.text)),
      update: os.brief.update.handler(({ input }) => updateBrief(studio, input.briefId, input.text)),
    },
    delivery: {
      list: os.delivery.list.handler(() => library.deliveries.list()),
      locate: os.delivery.locate.handler(({ input, context }) => locateDelivery(studio, input.deliveryId, context)),
      export: os.delivery.export.handler(({ input, context }) =>
        exportDelivery(studio, { ...input, target: null }, context.reviewer),
      ),
    },
    event: {
      follow: os.event.follow.handler(({ input, signal }) => feed.read(input.since, signal)),
      audit: os.event.audit.handler(({ input, signal }) => streamAudit(library, input, signal)),
    },
    format: {
      list: os.format.list.handler(() => library.formats.list()),
      add: os.format.add.handler(({ input }) => library.formats.add(input)),
      remove: os.format.remove.handler(({ input }) => ({ removed: library.formats.remove(input.formatId) })),
    },
    ideation: {
      board: os.ideation.board.handler(({ input }) => library.deliverables.board(input.briefId)),
      run: os.ideation.run.handler(({ input, context }) => runIdeation(studio, input, context.reviewer)),
      choose: os.ideation.choose.handler(({ input }) =>
        library.deliverables.choose(input.deliverableIds, input.chosen),
      ),
      edit: os.ideation.edit.handler(({ input }) => editDeliverable(studio, input.deliverableId, input.content)),
      bin: os.ideation.bin.handler(({ input }) => ({ binned: library.deliverables.bin(input.deliverableIds) })),
      restore: os.ideation.restore.handler(({ input }) => ({
        restored: library.deliverables.restore(input.deliverableIds),
      })),
    },
    media: {
      import: os.media.import.handler(({ input, context }) => importUploads(studio, input, context.reviewer)),
      importPaths: os.media.importPaths.handler(({ input, context, signal }) =>
        importPaths(studio, input, context, signal),
      ),
    },
    model: {
      look: os.model.look.handler(({ input, context }) => lookAtModel(studio, context, input.path)),
      import: os.model.import.handler(({ input, context }) => bringInModel(studio, context, input)),
      match: os.model.match.handler(({ input, signal }) => matchLora(studio, input, signal)),
      textChoice: os.model.textChoice.handler(({ input }) => readTextChoice(library, input.briefId)),
      chooseText: os.model.chooseText.handler(({ input }) => chooseTextModel(studio, input)),
      remove: os.model.remove.handler(({ input }) => removeOwnModel(studio, input.name)),
    },
    copy: {
      table: os.copy.table.handler(({ input }) => readCopyTable(library, input.planId)),
      write: os.copy.write.handler(({ input }) => ({ written: writeCopies(library, input.planId, input.copies) })),
      exportFile: os.copy.exportFile.handler(({ input }) => exportCopies(library, input.planId)),
      importFile: os.copy.importFile.handler(({ input }) => importCopies(library, input.planId, input)),
    },
    people: {
      me: os.people.me.handler(({ context }) => describeMe(library, context)),
      accept: os.people.accept.handler(({ input, context }) => acceptInvitation(library, input.name, context)),
      list: os.people.list.handler(() => library.people.list()),
      rename: os.people.rename.handler(({ input, context }) => renamePerson(library, input, context)),
      invites: os.people.invites.handler(() => library.invites.list()),
      invite: os.people.invite.handler(({ input, context }) =>
        invitePerson(studio, { ...input, invitedBy: context.reviewer }, studio.facts.addresses()),
      ),
      setRole: os.people.setRole.handler(({ input }) => library.people.setRole(input.personId, input.role)),
      takeBack: os.people.takeBack.handler(({ input }) => library.people.takeBack(input.personId)),
      takeBackInvite: os.people.takeBackInvite.handler(({ input }) => ({
        takenBack: library.invites.takeBack(input.inviteId),
      })),
    },
    plan: {
      list: os.plan.list.handler(({ input }) => library.plans.list(input.briefId)),
      get: os.plan.get.handler(({ input }) => library.plans.get(input.planId)),
      headlines: os.plan.headlines.handler(({ input }) => listHeadlines(library, input.planId)),
      cells: os.plan.cells.handler(({ input }) => library.plans.cells(input.planId)),
      forecast: os.plan.forecast.handler(({ input }) => forecastAxes(studio, input)),
      create: os.plan.create.handler(({ input }) => createPlan(studio, input)),
      vary: os.plan.vary.handler(({ input, context }) => varyPicture(studio, input, context.reviewer)),
    },
    review: {
      decide: os.review.decide.handler(({ input, context }) => decide(studio, input, context.reviewer)),
      undo: os.review.undo.handler(({ context }) => undoDecision(studio, context.reviewer)),
      redo: os.review.redo.handler(({ context }) => redoDecision(studio, context.reviewer)),
      rule: os.review.rule.handler(() => library.verdicts.rule()),
      setRule: os.review.setRule.handler(({ input }) => ({ changed: library.verdicts.setRule(input.rule) })),
    },
    run: {
      list: os.run.list.handler(({ input }) => library.runs.list(input).map(studio.viewRun)),
      get: os.run.get.handler(({ input }) => studio.viewRun(library.runs.get(input.runId))),
      pause: os.run.pause.handler(({ input }) => pauseRun(studio, input.runId)),
      resume: os.run.resume.handler(({ input }) => resumeRun(studio, input.runId)),
      stop: os.run.stop.handler(({ input }) => stopRun(studio, input.runId)),
      retryFailed: os.run.retryFailed.handler(({ input }) => retryFailedJobs(studio, input.runId)),
      ends: os.run.ends.handler(({ input }) => library.runs.ends(input.runId)),
      troubles: os.run.troubles.handler(({ input }) => library.runs.troubles(input.runId)),
      watch: os.run.watch.handler(({ input, signal }) => watchRun(studio, input.runId, signal)),
    },
    scoring: {
      overview: os.scoring.overview.handler(({ input }) => library.scores.overview(input.scope, input.brandVersionId)),
      versions: os.scoring.versions.handler(({ input }) => library.scores.versions(input.scope)),
      reports: os.scoring.reports.handler(({ input }) => library.scores.reports(input.assetId)),
      start: os.scoring.start.handler(({ input, context }) =>
        startRescore(studio, input.brandVersionId, input.scope, context.reviewer),
      ),
      list: os.scoring.list.handler(() => library.rescores.list(50)),
      watch: os.scoring.watch.handler(({ input, signal }) => watchRescore(studio, input.rescoreId, signal)),
    },
    system: {
      about: os.system.about.handler(({ context }) => describeStudio(studio, context)),
      status: os.system.status.handler(({ signal }) => watchStatus(studio, signal)),
      models: os.system.models.handler(() => studio.engines.models()),
      search: os.system.search.handler(({ input }) => library.search.find(input.text, input.limit)),
      restartEngine: os.system.restartEngine.handler(({ input }) => restartEngine(studio, input.kind)),
      runningBatch: os.system.runningBatch.handler(() => ({ batchId: library.batches.listOpen()[0]?.id ?? null })),
    },
  });
}

export type StudioRouter = Router<StudioContract, Caller>;
