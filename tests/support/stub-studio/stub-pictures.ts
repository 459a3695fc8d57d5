import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** One picture that the stub can draw when it is asked for: pixels of the longest edge, and what stands in it. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly svg: string;
}

const palettes = [
  ['#f6efe2', '#e2b04a', '#2f4034', '#c8623a'],
  ['#efe7d6', '#7a9a6b', '#22302a', '#e6c27a'],
  ['#e8d9bd', '#c8623a', '#2b2a26', '#f4ead8'],
] as const;

/** Pictures by the SHA-256 of their drawing. They are rendered on demand, so that a hundred thousand cost nothing until they are seen. */
export class StubPictures {
  readonly #files = new Map<string, Buffer>();
  readonly #drawings = new Map<string, Drawing>();

  add(seed: number, width: number, height: number, headline: string): string {
    const svg = drawPicture(seed, width, height, headline);
    const hash = createHash('sha256').update(svg).digest('hex');
    this.#drawings.set(hash, { width, height, svg });
    return hash;
  }

  /** A file as it is, such as a font. */
  addFile(bytes: Buffer): string {
    const hash = createHash('sha256').update(bytes).digest('hex');
    this.#files.set(hash, bytes);
    return hash;
  }

  async render(hash: string): Promise<Buffer | null> {
    const file = this.#files.get(hash);
    if (file) return file;
    const drawing = this.#drawings.get(hash);
    return drawing ? sharp(Buffer.from(drawing.svg)).webp({ quality: 82 }).toBuffer() : null;
  }
}

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}

function drawPicture(seed: number, width: number, height: number, headline: string): string {
  const [ground, main, dark, accent] = palettes[seed % palettes.length] ?? palettes[0];
  const edge = Math.min(width, height);
  const at = (step: number) => (((seed * 2654435761 + step * 40503) >>> 8) % 1000) / 1000;
  const rings = Array.from(
    { length: 5 },
    (_, index) =>
      `<circle cx="${at(index) * width}" cy="${at(index + 9) * height}" r="${(0.12 + at(index + 3) * 0.3) * edge}" fill="${[main, accent, dark, ground, main][index]}" opacity="${0.5 + at(index + 5) * 0.4}"/>`,
  );
  const words = headline.split(' ');
  const half = Math.ceil(words.length / 2);
  const size = edge * 0.078;
  const lines = [words.slice(0, half).join(' '), words.slice(half).join(' ')];
  const text = lines.map(
    (line, index) =>
      `<text x="${width * 0.07}" y="${height * 0.72 + index * size * 1.1}" font-family="sans-serif" font-weight="700" font-size="${size}" fill="${ground}">${escapeText(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${ground}"/><stop offset="1" stop-color="${main}"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>${rings.join('')}<rect y="${height * 0.6}" width="100%" height="${height * 0.4}" fill="${dark}" opacity="0.86"/>${text.join('')}<rect x="${width * 0.07}" y="${height * 0.9}" width="${edge * 0.3}" height="${edge * 0.05}" rx="${edge * 0.025}" fill="${accent}"/></svg>`;
}
