import { StudioError } from '../../../contract/errors.ts';
import type { PictureRepository } from '../../../library/repositories/picture-repository.ts';
import type { ComposeAgain, ComposedPicture } from '../../plan/compose-again.ts';
import { defineJobKind } from '../job-kind.ts';

export type ComposePictureUses = {
  readonly pictures: PictureRepository;
  readonly composeAgain: ComposeAgain;
};

/** Another take of a cell with the words of today over art that is there. */
export function createComposePicture({ pictures, composeAgain }: ComposePictureUses) {
  return defineJobKind<'picture.compose', ComposedPicture>({
    name: 'picture.compose',
    resource: 'processor',
    interrupt: 'unlessBegun',
    work: async ({ jobId, input }, call) => {
      const work = pictures.work(jobId);
      if (work === null) throw new StudioError('plan.empty', 'The cell of this job is gone.', { missing: 'cell' });
      call.onProgress({ done: 0, total: 1 });
      const picture = await composeAgain(work, input.assetId, call.signal);
      call.signal.throwIfAborted();
      return picture;
    },
    commit: (picture, _job, sequence) => ({ assetId: picture.commit(sequence) }),
  });
}
