import type { CheckName } from '../../../electron/contract/compliance.ts';
import type { Raster } from '../../../electron/contract/engine-protocol.ts';
import { measureEnlargement } from '../../../electron/domain/compliance/format-check.ts';
import { channelFormats } from '../../../electron/domain/production/channel-formats.ts';
import type { Brand } from '../fictional-brands.ts';
import { gradeToPalette, paintPhoto } from './paint.ts';
import { createRandom } from './random.ts';
import { composeSample, REQUIRED_TERM, reportOf } from './sample.ts';
import type { Copy, Sample } from './sample.ts';
import { nearMisses, violations } from './violations.ts';

/**
 * What one check said of one asset, and what was done to the asset: `violated` is the check that has to fail, or null for a clean one. A clean asset that was brought near to
 * failing a check is a label for that check alone.
 */
export type Verdict = {
  readonly half: 'tune' | 'report';
  readonly violated: CheckName | null;
  readonly nearMissOf: CheckName | null;
  readonly level: number | null;
  readonly scores: Readonly<Partial<Record<CheckName, number>>>;
  readonly failed: readonly CheckName[];
};

export type SetSize = { readonly clean: number; readonly bases: number; readonly perBase: number };

const copies: readonly Copy[] = [
  { headline: 'The bottle comes back', body: 'We take it back at any shop.', callToAction: 'Try the first bottle' },
  { headline: 'Breakfast, and the jar returns', body: 'Rinse it, bring it, done.', callToAction: 'Find a shop' },
  { headline: 'Less bin, more morning', body: 'One jar has forty lives.', callToAction: 'Order a crate' },
  { headline: 'Poured at seven', body: 'Made from Baltic oats.', callToAction: 'Start today' },
  { headline: 'Die Flasche kommt zurück', body: 'Jeder Laden nimmt sie an.', callToAction: 'Jetzt testen' },
  { headline: 'Good glass stays', body: 'It is washed and filled again.', callToAction: 'See how' },
].map((copy) => ({ ...copy, body: `${copy.body} ${REQUIRED_TERM}.` }));

/**
 * Makes the labelled set and has every asset judged. Pictures of the model are graded to the brand's palette, so that what is called clean is clean by construction; the others
 * are painted like photographs. Each violation is put into an asset that is clean otherwise. Halves are drawn from the seed before anything is judged.
 */
export async function judgeSet(
  brands: readonly Brand[],
  modelPictures: readonly Raster[],
  size: SetSize,
  seed: number,
  progress: (done: number, total: number) => void,
): Promise<Verdict[]> {
  const random = createRandom(seed);
  const verdicts: Verdict[] = [];
  const total = 2 * (size.clean + size.bases);
  const kinds = Object.keys(violations) as CheckName[];
  const nearKinds = Object.keys(nearMisses) as CheckName[];
  let turn = 0;
  for (let index = 0; index < total; index++) {
    const half = index % 2 === 0 ? 'tune' : 'report';
    const sample = await makeSample(brands, modelPictures, index, random);
    if (index < 2 * size.clean) {
      verdicts.push(judge(sample.input, half, null, null));
      const name = nearKinds[(index >> 1) % nearKinds.length] ?? 'contrast';
      const near = await nearMisses[name]?.(sample, random);
      if (near) verdicts.push({ ...judge(near, half, null, null), nearMissOf: name });
    } else {
      for (let made = 0; made < size.perBase; turn++) {
        const name = kinds[turn % kinds.length] ?? 'palette';
        const level = random.below(3) as 0 | 1 | 2;
        const input = await violations[name]?.(sample, level, random);
        // An asset without an occasion for this one takes the next.
        if (!input) continue;
        verdicts.push(judge(input, half, name, level));
        made++;
      }
    }
    progress(index + 1, total);
  }
  return verdicts;
}

export async function makeSample(
  brands: readonly Brand[],
  modelPictures: readonly Raster[],
  index: number,
  random: ReturnType<typeof createRandom>,
): Promise<Sample> {
  const { kit, files } = random.pick(brands);
  const isModel = modelPictures.length > 0 && (index >> 1) % 2 === 0;
  const image = isModel ? gradeToPalette(random.pick(modelPictures), kit, 0.85) : paintPhoto(kit, random);
  // A sheet of paper needs more pixels than some pictures have, and is no clean asset with them.
  const formats = channelFormats.filter((format) => measureEnlargement(format, image) <= kit.thresholds.enlargement);
  return composeSample({ image, kit, files, format: random.pick(formats), copy: random.pick(copies) });
}

function judge(
  input: Sample['input'],
  half: Verdict['half'],
  violated: CheckName | null,
  level: number | null,
): Verdict {
  const { checks } = reportOf(input);
  return {
    half,
    violated,
    nearMissOf: null,
    level,
    scores: Object.fromEntries(checks.map(({ name, score }) => [name, score])),
    failed: checks.filter(({ passed }) => !passed).map(({ name }) => name),
  };
}
