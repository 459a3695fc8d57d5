import { expect, it } from 'vitest';
import { run } from '../../../../scripts/bench/starter.ts';

it(
  'starter: every figure of the three shipped models is a number, and what cannot be otherwise holds',
  { timeout: 300_000 },
  async () => {
    const { vision, text, image } = await run({ json: true, small: true, progress: () => {} });
    expect(vision).toMatchObject({
      pairs: 40,
      recallAt10: { captionForPicture: expect.any(Number), pictureForCaption: expect.any(Number) },
      probe: { family: expect.any(Number), style: expect.any(Number) },
      nearDuplicates: { all: expect.any(Number), falseAlarms: 0.01, pairsOfDifferent: 780 },
    });
    expect(text).toMatchObject({ briefs: 1, concepts: 10, failed: 0, briefsWithDifferentHeadlines: 1 });
    expect(text).toMatchObject({ firstDrafts: { valid: 1 } });
    expect(image).toMatchObject({
      prompts: 3,
      coloursThere: expect.any(Number),
      familyByProbe: expect.any(Number),
      sharpness: Array.from({ length: 4 }, () => expect.any(Number)),
      memorised: { nearestTraining: expect.any(Number), sample: 120 },
      diversity: [expect.any(Number)],
      repeatAtLargest: null,
      drawings: { coloursThere: 1, calm: 1 },
    });
  },
);
