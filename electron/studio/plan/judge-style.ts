import sharp from 'sharp';
import type { CreateRaw } from 'sharp';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import { checkStyle } from '../../domain/compliance/style-check.ts';
import type { EngineCall, VisionEngine } from '../../engines/engine-client.ts';
import type { LoadedBrand } from '../brand/load-brand.ts';
import { createRecentLoads } from '../system/recent-loads.ts';

/** Encoders look at far smaller pictures; this keeps what crosses the pipe small. */
const LONG_EDGE_PX = 256;
/** Brand versions whose references stay embedded. */
const MAX_BRANDS = 8;

export type StyleJudge = (
  /** Pixels, or the bytes of an image file. */
  picture: Raster | Uint8Array,
  brand: LoadedBrand,
  call: Pick<EngineCall, 'signal'>,
) => Promise<ComplianceCheck | null>;

/** Compares pictures with the style references of their brand in the eyes of the vision engine. Null for brands without references, which never start it. */
export function createStyleJudge(vision: Pick<VisionEngine, 'run'>): StyleJudge {
  const recent = createRecentLoads<readonly Float32Array[]>(MAX_BRANDS);

  async function embed(
    pictures: readonly Raster[],
    call: Pick<EngineCall, 'signal'>,
  ): Promise<readonly Float32Array[]> {
    return (await vision.run({ kind: 'vision', images: [...pictures], texts: [] }, call)).images;
  }

  return async function judgeStyle(picture, { version, files }, call) {
    const { style, thresholds } = version.kit;
    if (style.references.length === 0) return null;
    const references = recent(version.id, async () => {
      const pictures = style.references.map((file) => shrink(files.get(file) ?? new Uint8Array()));
      return embed(await Promise.all(pictures), {});
    });
    const small =
      picture instanceof Uint8Array
        ? shrink(picture)
        : shrink(picture.rgb, { width: picture.width, height: picture.height, channels: 3 });
    const [vector] = await embed([await small], call);
    return vector ? checkStyle(vector, await references, thresholds.styleDistance) : null;
  };
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
