import type { JobInput } from '../../../contract/job.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { PictureRepository } from '../../../library/repositories/picture-repository.ts';
import type { ArtOf, ComposeAgain, ComposedPicture } from '../../plan/compose-again.ts';
import { defineJobKind } from '../job-kind.ts';

export type ComposePictureUses = {
  readonly pictures: PictureRepository;
  readonly composeAgain: ComposeAgain;
};

/** A picture of a cell with the words of today over art that is there. */
export function createComposePicture({ pictures, composeAgain }: ComposePictureUses) {
  return defineJobKind<'picture.compose', ComposedPicture>({
    name: 'picture.compose',
    resource: 'processor',
    interrupt: 'unlessBegun',
    work: async ({ jobId, input }, call) => {
      const work = pictures.work(jobId);
      if (work === null) throw new StudioError('plan.empty', 'The cell of this job is gone.', { missing: 'cell' });
      call.onProgress({ done: 0, total: 1 });
      const picture = await composeAgain(work, findArt(pictures, input), call.signal);
      call.signal.throwIfAborted();
      return picture;
    },
    commit: (picture, _job, sequence) => ({ assetId: picture.commit(sequence) }),
  });
}

/** A first picture that takes the art of another cell is tried again with art of its own where it fails a check; new words on a picture that is there are not. */
function findArt(pictures: PictureRepository, input: JobInput<'picture.compose'>): ArtOf {
  if ('assetId' in input) return { assetId: input.assetId, mayTryAgain: false };
  const assetId = pictures.newestWithArt(input.cellId);
  if (assetId !== null) return { assetId, mayTryAgain: true };
  throw new StudioError(
    'plan.empty',
    'The picture whose art this one takes is not there any more. Make another take of its cell.',
    { missing: 'picture' },
  );
}
