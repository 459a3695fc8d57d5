import type { ComplianceReport } from '../../../contract/compliance.ts';
import { assetIdSchema } from '../../../contract/identifiers.ts';
import type { AssetId } from '../../../contract/identifiers.ts';
import type { AssetRepository } from '../../../library/repositories/asset-repository.ts';
import type { ScoreAgain } from '../../measure/score-again.ts';
import { defineJobKind } from '../job-kind.ts';

export type RescorePictureUses = {
  readonly assets: AssetRepository;
  readonly scoreAgain: ScoreAgain;
};

/** Another report on a picture, against the brand version of the run. */
export function createRescorePicture({ assets, scoreAgain }: RescorePictureUses) {
  return defineJobKind<'picture.rescore', { readonly assetId: AssetId; readonly report: ComplianceReport }>({
    name: 'picture.rescore',
    resource: 'processor',
    interrupt: 'unlessBegun',
    work: async ({ subject, input }, call) => {
      const assetId = assetIdSchema.parse(subject);
      call.onProgress({ done: 0, total: 1 });
      const report = await scoreAgain({ assetId, brandVersionId: input.brandVersionId });
      call.signal.throwIfAborted();
      return { assetId, report };
    },
    commit: ({ assetId, report }) => {
      assets.addReport(assetId, report);
      return {};
    },
  });
}
