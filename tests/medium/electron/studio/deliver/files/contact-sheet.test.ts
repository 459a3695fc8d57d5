import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFace } from '../../../../../../electron/readers/font-face.ts';
import type { FaceChain } from '../../../../../../electron/studio/compose/type/choose-faces.ts';
import { outlineLabel } from '../../../../../../electron/studio/deliver/files/contact-sheet.ts';
import { readExampleBrand } from '../../../../../support/example-brand.ts';

const { kit } = readExampleBrand();
const font = new URL(`../../../../../../examples/lumen-oat/${kit.type.body.file}`, import.meta.url);
const chain: FaceChain = [openFace(new Uint8Array(readFileSync(font)))];
const place = { x: 0, y: 20, size: 16 };
const outline = (text: string, width = 10_000) => outlineLabel(text, chain, { ...place, width });

describe('outlineLabel', () => {
  it('writes what the brand has no signs for in a face that has them, and no empty boxes', () => {
    for (const [one, other] of [
      ['Από', 'θεω'],
      ['בין', 'למה'],
      ['Миру', 'Пиво'],
    ] as const) {
      expect(outline(one)).not.toBe('');
      expect(outline(one)).not.toBe(outline(other));
    }
  });

  it('cuts a line that is wider than its place between signs, with an ellipsis', () => {
    expect(outline('Breakfast and bed', 84)).toBe(outline('Breakfast…'));
    expect(outline('Breakfast', 80)).toBe(outline('Breakfast'));
  });
});
