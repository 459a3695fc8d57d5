import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckName } from '../../electron/contract/compliance.ts';
import type { Raster } from '../../electron/contract/engine-protocol.ts';
import { brandVersionIdSchema } from '../../electron/contract/identifiers.ts';
import { listKitFiles, parseKit } from '../../electron/domain/brand/parse-kit.ts';
import type { ComposedPixels } from '../../electron/domain/compliance/layout.ts';
import { measureCompliance } from '../../electron/domain/compliance/measure-compliance.ts';
import { getChannelFormat } from '../../electron/domain/production/channel-formats.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import type { HostStudio } from '../../electron/hosts/open-host-studio.ts';
import { composePicture } from '../../electron/studio/compose/compose-picture.ts';
import { readBrands } from '../proof/fictional-brands.ts';
import type { Brand } from '../proof/fictional-brands.ts';
import { judgeSet } from '../proof/labelled-set/make-set.ts';
import type { Verdict } from '../proof/labelled-set/make-set.ts';
import { makeModelPictures } from '../proof/labelled-set/model-pictures.ts';
import { scoreSameness, scoreStyle } from '../proof/labelled-set/neighbour-set.ts';
import { paintPhoto } from '../proof/labelled-set/paint.ts';
import { createRandom } from '../proof/labelled-set/random.ts';
import { scoreCheck, worstOf } from '../proof/labelled-set/score-set.ts';
import type { CheckFigures, LabelledScore } from '../proof/labelled-set/score-set.ts';
import { violations } from '../proof/labelled-set/violations.ts';
import type { BenchOptions } from './bench.ts';

const folder = new URL('../../examples/lumen-oat/', import.meta.url);
const EDGE_PX = 1024;

/** A noisy gradient, so that many colours occur, as in a generated picture. */
function paint(edge: number): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(edge * edge * 3);
  let state = 1;
  for (let pixel = 0; pixel < edge * edge; pixel++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const noise = (state >>> 24) / 16;
    const share = ((pixel % edge) + pixel / edge) / (2 * edge);
    rgb[pixel * 3] = 230 - share * 180 + noise;
    rgb[pixel * 3 + 1] = 220 - share * 140 + noise;
    rgb[pixel * 3 + 2] = 210 + share * 20 + noise;
  }
  return rgb;
}

async function composeSample(): Promise<{ kit: ReturnType<typeof parseKit>; pixels: ComposedPixels }> {
  const kit = parseKit(new Uint8Array(await readFile(new URL('brand.json', folder))), 'brand.json');
  const files = new Map<string, Uint8Array>();
  for (const { file } of listKitFiles(kit)) files.set(file, new Uint8Array(await readFile(new URL(file, folder))));
  const { pixels } = await composePicture({
    image: { width: EDGE_PX, height: EDGE_PX, rgb: paint(EDGE_PX) },
    kit,
    files,
    format: { ...getChannelFormat('square-post'), width: EDGE_PX, height: EDGE_PX },
    headline: 'The bottle comes back',
    body: 'Lumen Oat is made from Baltic oats. The glass goes back to any shop.',
    callToAction: 'Try the first bottle',
  });
  return { kit, pixels };
}

/** Reports per second and core over decoded pictures of 1024 px, all checks together. Counts processor time, so other work on the machine does not show. */
export async function run(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const { kit, pixels } = await composeSample();
  const format = { ...getChannelFormat('square-post'), width: EDGE_PX, height: EDGE_PX };
  const brandVersionId = brandVersionIdSchema.parse('00000000000000000000000001');
  const measure = () => measureCompliance({ pixels, kit, format, brandVersionId, measuredAtMs: 0 });
  const images = small ? 10 : 300;
  for (let warm = 0; warm < (small ? 2 : 20); warm++) measure();
  const began = process.cpuUsage();
  for (let image = 0; image < images; image++) {
    measure();
    if ((image + 1) % 100 === 0) options.progress(`${image + 1} of ${images} reports`);
  }
  const { user, system } = process.cpuUsage(began);
  return {
    imagesPerSecondPerCore: Math.round((images / ((user + system) / 1e6)) * 10) / 10,
    images,
    edgePx: EDGE_PX,
    checks: measure().checks.length,
    ...(await measureSet(options)),
  };
}

const SEED = 20_260_101;
const MODEL_PICTURES = 192;

/** Checks whose threshold the half that is not reported chooses; the others have theirs from kit, format or file. */
const tuned: Readonly<Partial<Record<CheckName, 'lower' | 'higher'>>> = { palette: 'lower', 'off-palette': 'lower' };

/** Recall and false alarms of every check on the labelled set; the worst ones are the figures. The small set is painted only, so it needs no model. */
async function measureSet(options: BenchOptions): Promise<Record<string, unknown>> {
  const { small } = options;
  const progress = (text: string) => options.progress(text);
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-compliance-'));
  const opened = small ? null : await openHostStudio({ libraryFolder: join(folder, 'library'), withExamples: false });
  try {
    const brands = await readBrands(folder);
    const pictures = opened
      ? await makeModelPictures(opened, MODEL_PICTURES, SEED, (done) => {
          if (done % 16 === 0) progress(`${done} of ${MODEL_PICTURES} model pictures`);
        })
      : [];
    const size = small ? { clean: 2, bases: 2, perBase: 7 } : { clean: 200, bases: 110, perBase: 6 };
    const verdicts = await judgeSet(brands, pictures, size, SEED, (done, total) => {
      if (done % 50 === 0) progress(`${done} of ${total} assets composed and judged`);
    });
    const figures: Partial<Record<CheckName, CheckFigures>> = {};
    for (const name of Object.keys(violations) as CheckName[])
      figures[name] = scoreCheck(labelFor(name, verdicts), tuned[name] ?? null);
    const neighbours = opened ? await addNeighbourFigures(opened, brands, pictures, figures) : {};
    const assets = verdicts.filter(({ half }) => half === 'report');
    return {
      ...worstOf(figures),
      assets: assets.length,
      cleanAssets: assets.filter(({ violated, nearMissOf }) => violated === null && nearMissOf === null).length,
      nearMisses: assets.filter(({ nearMissOf }) => nearMissOf !== null).length,
      checkFigures: figures,
      ...neighbours,
      seed: SEED,
    };
  } finally {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Clean assets, those that nearly fail this check, and those with this violation; what another violation does to this check is nobody's label. */
function labelFor(name: CheckName, verdicts: readonly Verdict[]): LabelledScore[] {
  return verdicts
    .filter(
      ({ violated, nearMissOf }) =>
        violated === name || (violated === null && (nearMissOf === null || nearMissOf === name)),
    )
    .map(({ half, violated, scores, failed }) => ({
      half,
      violated: violated !== null,
      score: scores[name] ?? 0,
      failed: failed.includes(name),
    }));
}

/** Sameness and style look at pictures beside others, so they have sets of their own. The difference hash and a tuned limit of style stand there for comparison, and how many pictures the style check does not judge. */
async function addNeighbourFigures(
  { engines }: HostStudio,
  brands: readonly Brand[],
  pictures: readonly Raster[],
  figures: Partial<Record<CheckName, CheckFigures>>,
): Promise<Record<string, unknown>> {
  const random = createRandom(SEED);
  const [brand] = brands;
  if (!brand) return {};
  const painted = pictures.map(() => paintPhoto(brand.kit, random));
  const { fingerprint, hash } = scoreSameness([...pictures, ...painted], SEED);
  figures.sameness = scoreCheck(fingerprint, 'higher');
  const style = await scoreStyle(pictures, brand.kit, SEED, engines.vision);
  figures.style = scoreCheck(style.scores, null);
  return {
    samenessByHash: scoreCheck(hash, 'higher'),
    styleByTunedLimit: scoreCheck(style.scores, 'lower'),
    styleNotJudged: style.notJudged,
  };
}
