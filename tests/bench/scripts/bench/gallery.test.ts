import { expect, it } from 'vitest';
import { run } from '../../../../scripts/bench/gallery.ts';
import { describeWithBrowser } from '../../../support/needs.ts';

const measured = [
  'startMs',
  'firstGridMs',
  'filterP95Ms',
  'searchP95Ms',
  'keyToNextP95Ms',
  'scrollFrameP95Ms',
  'jumpP95Ms',
];

describeWithBrowser('gallery', () => {
  it('measures from an input event to the frame that shows its effect', async () => {
    const figures = await run({ json: true, small: true, progress: () => {} });
    expect(figures).toMatchObject({
      assets: 500,
      distinctPictures: 10,
      load: [expect.any(Number), expect.any(Number)],
    });
    for (const name of measured) expect(figures[name], name).toBeGreaterThan(0);
    expect(Number(figures['startMs'])).toBeLessThan(60_000);
    expect(figures['filterPicturesP95Ms']).toBeGreaterThanOrEqual(Number(figures['filterP95Ms']));
  });
});
