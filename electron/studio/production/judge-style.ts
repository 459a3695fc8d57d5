import sharp from 'sharp';
import type { CreateRaw } from 'sharp';
import type { BrandVersion } from '../../contract/brand.ts';
import type { ComplianceCheck } from '../../contract/compliance.ts';
import type { Raster } from '../../contract/engine-protocol.ts';
import type { BrandVersionId } from '../../contract/identifiers.ts';
import { checkStyle } from '../../domain/compliance/style-check.ts';
import type { EngineCall, VisionEngine } from '../../engines/engine-client.ts';
import type { KitUploads } from '../brand/kit-files.ts';

/** Encoders look at far smaller pictures; this keeps what crosses the pipe small. */
const LONG_EDGE_PX = 256;
/** Brand versions whose references stay embedded. */
const MAX_BRANDS = 8;

export type StyleJudge = (
  picture: Raster,
  brand: { readonly version: BrandVersion; readonly files: KitUploads },
  call: Pick<EngineCall, 'signal'>,
) => Promise<ComplianceCheck | null>;

/** Compares pictures with the style references of their brand in the eyes of the vision engine. Null for brands without references, which never start it. */
export function createStyleJudge(vision: VisionEngine): StyleJudge {
  const known = new Map<BrandVersionId, Promise<readonly Float32Array[]>>();

  async function embed(
    pictures: readonly Raster[],
    call: Pick<EngineCall, 'signal'>,
  ): Promise<readonly Float32Array[]> {
    return (await vision.run({ kind: 'vision', images: [...pictures], texts: [] }, call)).images;
  }

  return async function judgeStyle(picture, { version, files }, call) {
    const { style, thresholds } = version.kit;
    if (style.references.length === 0) return null;
    let references = known.get(version.id);
    if (!references) {
      references = Promise.all(style.references.map((file) => shrink(files.get(file) ?? new Uint8Array()))).then(
        (pictures) => embed(pictures, {}),
      );
      known.set(version.id, references);
      references.catch(() => known.delete(version.id));
      const [oldest] = known.keys();
      if (known.size > MAX_BRANDS && oldest !== undefined) known.delete(oldest);
    }
    const { width, height, rgb } = picture;
    const [vector] = await embed([await shrink(rgb, { width, height, channels: 3 })], call);
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
