import { StudioError } from '../../../contract/errors.ts';
import type { PictureRepository } from '../../../library/repositories/picture-repository.ts';
import type { RenderedPicture, RenderJob } from '../../plan/render-job.ts';
import { defineJobKind } from '../job-kind.ts';

export type MakePictureUses = {
  readonly pictures: PictureRepository;
  readonly render: RenderJob;
  /** A picture was committed whose work began at this time of the monotonic clock. */
  readonly onCommitted: (beganAtMs: number) => void;
};

/** The finished picture of a cell: art, type and logo, report, all at once. */
export function createMakePicture({ pictures, render, onCommitted }: MakePictureUses) {
  return defineJobKind<'picture.make', RenderedPicture>({
    name: 'picture.make',
    resource: 'image',
    interrupt: 'unlessBegun',
    work: ({ jobId }, call) => {
      const work = pictures.work(jobId);
      if (work === null) throw new StudioError('plan.empty', 'The cell of this job is gone.', { missing: 'cell' });
      return render({ ...work, jobId }, call);
    },
    commit: (picture, _job, sequence) => ({ assetId: picture.commit(sequence) }),
    onCommitted: ({ beganAtMs }) => onCommitted(beganAtMs),
  });
}
