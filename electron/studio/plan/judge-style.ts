import sharp from 'sharp';
import type { CreateRaw } from 'sharp';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { checkStyle, measureStyle } from '../../domain/compliance/style-check.ts';
import type { StyleMeasure, StyleParts } from '../../domain/compliance/style-check.ts';
import type { EngineCall, VisionEngine } from '../../engines/engine-client.ts';
import type { LoadedBrand } from '../brand/load-brand.ts';
import { createRecentLoads } from '../system/recent-loads.ts';
import { cutParts, STYLE_PARTS, turnPart } from './style-parts.ts';

/** Encoders look at far smaller pictures; this keeps what crosses the pipe small. */
const LONG_EDGE_PX = 256;
/** Brand versions whose references stay embedded. */
const MAX_BRANDS = 8;
const MAX_IMAGES_A_RUN = 32;

type Vision = Pick<VisionEngine, 'run'>;
type Call = Pick<EngineCall, 'signal'>;

export type StyleJudge = (
  /** Pixels, or the bytes of an image file. */
  picture: Raster | Uint8Array,
  brand: LoadedBrand,
  call: Call,
) => Promise<ComplianceCheck | null>;

/** Compares pictures with the style references of their brand in the eyes of the vision engine. Null for brands without references, which never start it. */
export function createStyleJudge(vision: Vision): StyleJudge {
  const recent = createRecentLoads<StyleMeasure>(MAX_BRANDS);

  return async function judgeStyle(picture, { version, files }, call) {
    const { style, thresholds } = version.kit;
    if (style.references.length === 0) return null;
    const measure = recent(version.id, async () =>
      measureReferences(
        vision,
        await Promise.all(style.references.map((file) => shrink(files.get(file) ?? new Uint8Array()))),
      ),
    );
    const small =
      picture instanceof Uint8Array
        ? shrink(picture)
        : shrink(picture.rgb, { width: picture.width, height: picture.height, channels: 3 });
    const [parts, known] = await Promise.all([small.then((raster) => embedParts(vision, raster, call)), measure]);
    return checkStyle(parts, known, thresholds.styleDistance);
  };
}

/** What an encoder sees in the parts of a picture. */
export async function embedParts(vision: Vision, picture: Raster, call: Call): Promise<StyleParts> {
  return (await vision.run({ kind: 'vision', images: cutParts(picture), texts: [] }, call)).images;
}

/** What an encoder sees in the references of a brand, and how far they lie apart in its eyes. */
export async function measureReferences(vision: Vision, references: readonly Raster[]): Promise<StyleMeasure> {
  const views = references.flatMap((reference) => cutParts(reference).flatMap(turnPart));
  const vectors: Float32Array[] = [];
  for (let at = 0; at < views.length; at += MAX_IMAGES_A_RUN) {
    const images = views.slice(at, at + MAX_IMAGES_A_RUN);
    vectors.push(...(await vision.run({ kind: 'vision', images, texts: [] }, {})).images);
  }
  const each = vectors.length / Math.max(1, references.length);
  return measureStyle(
    references.map((_, at) => {
      const own = vectors.slice(at * each, (at + 1) * each);
      // The first view of every part is the part as it is.
      return { views: own, parts: own.filter((_vector, view) => view % (each / STYLE_PARTS) === 0) };
    }),
  );
}

async function shrink(bytes: Uint8Array, raw?: CreateRaw): Promise<Raster> {
  const { data, info } = await sharp(bytes, raw ? { raw } : {})
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .resize(LONG_EDGE_PX, LONG_EDGE_PX, { fit: 'inside', withoutEnlargement: true })
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
