import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrandKit } from '../../electron/contract/brand.ts';
import { parseKit } from '../../electron/domain/brand/parse-kit.ts';
import { openFileReader } from '../../electron/hosts/host-defaults.ts';
import { readBrandFolder } from '../../electron/studio/brand/import-brand-folder.ts';
import { root } from '../project.ts';

const exampleFolder = join(root, 'examples', 'lumen-oat');

/** Palette of a brand that exists for proofs only: hexadecimal colours by role, and the two inks of its logo. */
type FictionalBrand = {
  readonly name: string;
  readonly colours: readonly (readonly [name: string, hex: string, role: string])[];
  readonly dark: string;
  readonly light: string;
};

/** Very different from each other and from the example: one earthy and dull, one dark and glaring. */
const fictionalBrands: readonly FictionalBrand[] = [
  {
    name: 'Kelp and Iron',
    colours: [
      ['Dry sand', '#e6dcc3', 'background'],
      ['Deep kelp', '#1f4a3d', 'primary'],
      ['Lichen', '#8fa582', 'secondary'],
      ['Rust', '#b4532a', 'accent'],
      ['Iron', '#1b211f', 'text'],
    ],
    dark: '#1b211f',
    light: '#e6dcc3',
  },
  {
    name: 'Night Voltage',
    colours: [
      ['Black room', '#12091f', 'background'],
      ['Violet tube', '#6a1fd0', 'primary'],
      ['Hot magenta', '#f0278c', 'secondary'],
      ['Acid yellow', '#f2e93b', 'accent'],
      ['Paper', '#f7f4fb', 'text'],
    ],
    dark: '#12091f',
    light: '#f7f4fb',
  },
];

export type Brand = { readonly kit: BrandKit; readonly files: ReadonlyMap<string, Uint8Array> };

/** The three brands, read as an import reads them. */
export async function readBrands(folder: string): Promise<Brand[]> {
  await using reader = openFileReader();
  return await Promise.all(
    writeBrands(folder).map(async (file) => {
      const { bytes, files } = await readBrandFolder(file, reader);
      return { kit: forbidAccent(parseKit(bytes, 'brand.json')), files };
    }),
  );
}

/** No variant of the logo may stand on the accent colour. */
function forbidAccent(kit: BrandKit): BrandKit {
  const accents = kit.palette.filter(({ role }) => role === 'accent').map(({ hex }) => hex);
  return { ...kit, logos: kit.logos.map((logo) => ({ ...logo, forbiddenBackgrounds: accents })) };
}

/** Writes the example brand and the fictional ones, each as a folder of its own, and gives their kit files. */
export function writeBrands(folder: string): string[] {
  return [
    join(exampleFolder, 'brand.json'),
    ...fictionalBrands.map((brand, index) => writeBrand(join(folder, `brand-${index + 1}`), brand)),
  ];
}

/** The example's fonts and drawing in the colours of another brand. */
function writeBrand(folder: string, { name, colours, dark, light }: FictionalBrand): string {
  mkdirSync(folder, { recursive: true });
  cpSync(join(exampleFolder, 'fonts'), join(folder, 'fonts'), { recursive: true });
  const kit = JSON.parse(readFileSync(join(exampleFolder, 'brand.json'), 'utf8')) as Record<string, unknown>;
  const { $schema: _schema, ...rest } = kit;
  const palette = colours.map(([colourName, hex, role]) => ({ name: colourName, hex, role, tolerance: 12 }));
  const drawing = readFileSync(join(exampleFolder, 'logo-dark.svg'), 'utf8');
  writeFileSync(join(folder, 'logo-dark.svg'), drawing.replaceAll('#14213f', dark));
  writeFileSync(join(folder, 'logo-light.svg'), drawing.replaceAll('#14213f', light));
  const file = join(folder, 'brand.json');
  writeFileSync(file, JSON.stringify({ ...rest, name, palette, voice: {} }));
  return file;
}
