import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { compress } from 'woff2-encoder';
import { unwrapWoff } from '../../../electron/readers/unwrap-woff.ts';
import { root } from '../../project.ts';

const EXAMPLE = join(root, 'examples/lumen-oat');

/** A logo that uses what the studio draws: gradients, a clip, a mask, a symbol, classes and strokes. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100" viewBox="0 0 200 100">
<title>Mark</title><style>.a{fill:#123456;stroke:red;stroke-width:2}</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="#00f" stop-opacity=".3"/></linearGradient>
<clipPath id="c"><circle cx="50" cy="50" r="40"/></clipPath><mask id="m"><rect width="200" height="100" fill="url(#g)"/></mask>
<symbol id="s" viewBox="0 0 10 10"><rect width="5" height="5"/></symbol></defs>
<g clip-path="url(#c)" opacity=".5"><rect class="a" width="100" height="100"/></g>
<use xlink:href="#s" x="100" width="50" height="50" mask="url(#m)"/>
<ellipse cx="150" cy="50" rx="30" ry="20" fill="url(#g)" transform="rotate(20)"/>
<polyline points="0,0 20,90 40,20" fill="none" stroke="currentColor" stroke-dasharray="3 2"/></svg>`;

const CSS = `@import "other.css";
:root { --primary: 222.2 47.4% 11.2%; --accent: hsl(210 40% 96.1%); --brand: color(display-p3 1 0 0); --mix: color-mix(in oklch, red 40%, blue);
  --ref: var(--accent, #fff); --deep: var(--ref); --ok: oklch(0.7 0.1 240 / 50%); }
.dark { --primary: 10 20% 30%; }
@media (prefers-color-scheme: dark) { :root { --accent: lab(52 40 59); } }
a { background: linear-gradient(90deg, #f00 0%, rgba(0, 0, 255, .5) 100%); border: 1px solid hwb(90 10% 10%); }`;

const TOKENS = JSON.stringify({
  color: {
    $type: 'color',
    base: { ink: { $value: '#1b1b1f' }, paper: { $value: 'rgb(250 249 245)' } },
    text: { $value: '{color.base.ink}', $description: 'text' },
    wide: { $value: { colorSpace: 'display-p3', components: [1, 0.2, 0], alpha: 1 } },
    dark: { surface: { $value: '{color.base.ink}' } },
  },
  type: { brand: { $type: 'fontFamily', $value: ['Instrument Sans', 'sans-serif'] } },
});

/** Sound files by the name of their format: each has to be read without a fault before it is damaged. */
export async function makeSeeds(): Promise<Readonly<Record<string, readonly Buffer[]>>> {
  const woffs = ['bricolage-grotesque-700', 'instrument-sans-500'].map((name) =>
    readFileSync(join(EXAMPLE, 'fonts', `${name}.woff`)),
  );
  const ttfs = woffs.map((woff) => Buffer.from(unwrapWoff(woff)));
  const pictures = [paint(3, false), paint(4, true), paint(3, true)];
  return {
    woff: woffs,
    woff2: await Promise.all(ttfs.map(async (ttf) => Buffer.from(await compress(ttf)))),
    ttf: ttfs,
    otf: [readFileSync(join(root, 'tests/support/fixtures/fonts/blocks.otf'))],
    svg: [Buffer.from(SVG), readFileSync(join(EXAMPLE, 'logo-dark.svg'))],
    png: [
      await pictures[1]?.png().toBuffer(),
      await pictures[0]?.png({ palette: true, colours: 16 }).toBuffer(),
      await pictures[2]?.png({ progressive: true }).toBuffer(),
    ].filter((bytes) => bytes !== undefined),
    jpeg: [
      await pictures[0]?.jpeg().toBuffer(),
      await pictures[2]
        ?.jpeg({ progressive: true })
        .withExif({ IFD0: { Copyright: 'none' } })
        .toBuffer(),
    ].filter((bytes) => bytes !== undefined),
    webp: [await pictures[0]?.webp().toBuffer(), await pictures[1]?.webp({ lossless: true }).toBuffer()].filter(
      (bytes) => bytes !== undefined,
    ),
    pdf: [makeGuide(false), makeGuide(true)],
    ase: [makeAse()],
    gpl: [
      Buffer.from(
        'GIMP Palette\nName: Brand\nColumns: 4\n# by hand\n 20  33  63\tNight\n246 240 223\tCream\n35 82 209 Blue\n',
      ),
    ],
    css: [Buffer.from(CSS)],
    json: [Buffer.from(TOKENS)],
    brief: [readFileSync(join(EXAMPLE, 'brief.md'))],
    kit: [readFileSync(join(EXAMPLE, 'brand.json'))],
  };
}

function paint(channels: 3 | 4, coarse: boolean): Sharp {
  const [width, height] = [90, 60];
  const pixels = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++)
        pixels[(y * width + x) * channels + channel] = coarse
          ? ((x >> 4) * 40 + (y >> 4) * 20 + channel * 60) & 255
          : (x * 2 + y * 3 + channel * 50) & 255;
  return sharp(pixels, { raw: { width, height, channels } });
}

/** A brand guide of two pages, with its content in the clear or deflated. */
function makeGuide(deflated: boolean): Buffer {
  const lines = [
    'Primary colour Night #14213F',
    'Secondary Cream RGB 246 240 223',
    'Headlines in Helvetica Bold',
    'Never say cheap',
  ];
  const objects = [
    Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'),
    Buffer.from('<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>'),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
  ];
  for (const page of [0, 1]) {
    const text = lines.map((line, at) => `BT /F1 12 Tf 50 ${750 - at * 20} Td (${line}) Tj ET`).join('\n');
    const body = deflated ? deflateSync(text) : Buffer.from(text);
    objects.push(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + page * 2} 0 R >>`,
      ),
      Buffer.concat([
        Buffer.from(`<< /Length ${body.length}${deflated ? ' /Filter /FlateDecode' : ''} >>\nstream\n`),
        body,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  let file = Buffer.from('%PDF-1.4\n');
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file = Buffer.concat([file, Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  const end = `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(end)]);
}

/** Adobe Swatch Exchange: a group with a colour of each model. */
function makeAse(): Buffer {
  const colours: [string, number[]][] = [
    ['RGB ', [0.1, 0.2, 0.3]],
    ['CMYK', [0.1, 0.2, 0.3, 0]],
    ['LAB ', [0.5, 10, -20]],
    ['Gray', [0.4]],
  ];
  const blocks = colours.map(([model, values]) => {
    const floats = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) floats.writeFloatBE(value, index * 4);
    return makeBlock(1, Buffer.concat([encodeName(model.trim()), Buffer.from(model), floats, Buffer.alloc(2)]));
  });
  const all = [makeBlock(0xc001, encodeName('Brand')), ...blocks, makeBlock(0xc002, Buffer.alloc(0))];
  const head = Buffer.alloc(12);
  head.write('ASEF');
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(all.length, 8);
  return Buffer.concat([head, ...all]);
}

function makeBlock(type: number, body: Buffer): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(type, 0);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

function encodeName(text: string): Buffer {
  const count = Buffer.alloc(2);
  count.writeUInt16BE(text.length + 1);
  return Buffer.concat([count, Buffer.from(`${text}\0`, 'utf16le').swap16()]);
}
