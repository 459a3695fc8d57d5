import type { Engines } from '../../engines/engine-client.ts';
import type { ModelInstaller } from '../../engines/models/model-installer.ts';
import type { Clock } from '../../library/database/clock.ts';
import type { Library } from '../../library/library.ts';
import { createDeliveryWriter } from '../deliver/write-export.ts';
import type { PictureFinisher } from '../compose/finishing/picture-finisher.ts';
import { createDeliverableWriter } from '../ideation/write-deliverable.ts';
import { createImportOpener } from '../media/open-import.ts';
import type { PreviewStore } from '../streams/preview-store.ts';
import { createComposeAgain } from '../plan/compose-again.ts';
import { createArtFinisher } from '../plan/finish-art.ts';
import { createStyleJudge } from '../plan/judge-style.ts';
import { createRenderJob } from '../plan/render-job.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { PictureScorer } from '../measure/picture-scorer.ts';
import { createScoreAgain } from '../measure/score-again.ts';
import type { JobKinds } from './job-kind.ts';
import { createComposePicture } from './kinds/compose-picture.ts';
import { createImportFile } from './kinds/import-file.ts';
import { createInstallModel } from './kinds/install-model.ts';
import { createMakePicture } from './kinds/make-picture.ts';
import { createRescorePicture } from './kinds/rescore-picture.ts';
import { createWriteDeliverable } from './kinds/write-deliverable.ts';
import { createWriteDelivery } from './kinds/write-delivery.ts';

export type JobKindUses = {
  readonly library: Library;
  readonly engines: Engines;
  readonly installer: ModelInstaller;
  readonly reader: FileReader;
  readonly finisher: PictureFinisher;
  readonly scorer: PictureScorer;
  readonly previews: PreviewStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Each export makes its own folder in here. */
  readonly exportsFolder: string;
  /** A picture was committed; so many seconds of the engine's time lay between it and the one before. */
  readonly onPicture: (seconds: number) => void;
  /** A file was brought in and has no thumbnail yet. */
  readonly onImported: () => void;
};

/** Every kind of job that this program does. */
export function createJobKinds(uses: JobKindUses): JobKinds {
  const { library, engines, clock, newId } = uses;
  const judgeStyle = createStyleJudge(engines.vision);
  const finishArt = createArtFinisher({ ...uses, nowMs: clock.nowMs, judgeStyle });
  let committedAtMs = Number.NEGATIVE_INFINITY;
  return {
    'picture.make': createMakePicture({
      pictures: library.pictures,
      render: createRenderJob({ ...uses, finishArt, monotonicMs: clock.monotonicMs }),
      onCommitted(beganAtMs) {
        const nowMs = clock.monotonicMs();
        uses.onPicture((nowMs - Math.max(beganAtMs, committedAtMs)) / 1000);
        committedAtMs = nowMs;
      },
    }),
    'picture.compose': createComposePicture({
      pictures: library.pictures,
      composeAgain: createComposeAgain({ ...uses, finishArt }),
    }),
    'picture.rescore': createRescorePicture({
      assets: library.assets,
      scoreAgain: createScoreAgain(uses, uses.scorer, judgeStyle, clock.nowMs),
    }),
    'deliverable.write': createWriteDeliverable({
      deliverables: library.deliverables,
      write: createDeliverableWriter({ library, text: engines.text }),
    }),
    'delivery.write': createWriteDelivery({
      library,
      writeExport: createDeliveryWriter({ library, clock, newId, exportsFolder: uses.exportsFolder }),
    }),
    'files.import': createImportFile({
      imports: library.imports,
      open: createImportOpener(uses),
      onImported: uses.onImported,
    }),
    'model.install': createInstallModel({
      installer: uses.installer,
      events: library.events,
    }),
  };
}
