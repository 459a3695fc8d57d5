import { describe, expect, it } from 'vitest';
import { arrangeKitFiles } from '../../../../../renderer/features/brand/arrange-kit-files.ts';
import { measurePairContrast } from '../../../../../renderer/features/brand/contrast-sheet.tsx';
import { findKitProblems } from '../../../../../renderer/features/brand/kit-problems.ts';
import { listGrounds } from '../../../../../renderer/features/brand/logo-sheet.tsx';
import { readHex } from '../../../../../renderer/features/brand/palette-sheet.tsx';
import { stubKit } from '../../../../support/stub-studio/stub-content.ts';

function file(path: string): File {
  const made = new File(['x'], path.split('/').at(-1) ?? path);
  Object.defineProperty(made, 'webkitRelativePath', { value: path.includes('/') ? path : '' });
  return made;
}

describe('arrangeKitFiles', () => {
  it('names the files of a folder relative to the kit and leaves other things out', () => {
    const { kit, files } = arrangeKitFiles([
      file('lumen/fonts/a.woff2'),
      file('lumen/brand.json'),
      file('lumen/logo.svg'),
      file('lumen/notes.txt'),
      file('lumen/old/brand.json'),
      file('other/x.svg'),
    ]);
    expect(kit?.webkitRelativePath).toBe('lumen/brand.json');
    expect(files.map(({ name }) => name)).toEqual(['fonts/a.woff2', 'logo.svg']);
  });
  it('takes loose files by their names and says when no kit is among them', () => {
    expect(arrangeKitFiles([file('kit.json'), file('logo.png')]).files.map(({ name }) => name)).toEqual(['logo.png']);
    expect(arrangeKitFiles([file('logo.png')])).toEqual({ kit: null, files: [] });
  });
});

describe('measurePairContrast', () => {
  it('is the WCAG ratio, in either order', () => {
    expect(measurePairContrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(measurePairContrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(measurePairContrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2);
  });
});

describe('listGrounds', () => {
  const kit = {
    ...stubKit,
    palette: [
      { name: 'a', hex: '#111111', role: 'text' as const, tolerance: 10, share: { min: 0, max: 1 } },
      { name: 'b', hex: '#f0f0f0', role: 'neutral' as const, tolerance: 10, share: { min: 0, max: 1 } },
      { name: 'c', hex: '#ffffff', role: 'background' as const, tolerance: 10, share: { min: 0, max: 1 } },
    ],
  };
  it('gives a variant the colours that it is made for, background first', () => {
    expect([listGrounds(kit, 'light'), listGrounds(kit, 'dark'), listGrounds(kit, 'any')]).toEqual([
      ['#ffffff', '#f0f0f0'],
      ['#111111'],
      ['#ffffff', '#111111', '#f0f0f0'],
    ]);
  });
});

describe('readHex', () => {
  it('takes a whole colour as people write it and nothing else', () => {
    expect(['#1F6FEB', '1f6feb', ' #1f6feb '].map(readHex)).toEqual(Array(3).fill('#1f6feb'));
    expect(['#fff', 'red', '', '#1f6feg', '##1f6fe'].map(readHex)).toEqual(Array(5).fill(null));
  });
});

describe('findKitProblems', () => {
  it('is empty for a kit that can be saved and names the field otherwise', () => {
    expect(findKitProblems(stubKit).size).toBe(0);
    const [first, ...others] = stubKit.palette;
    const problems = findKitProblems({
      ...stubKit,
      name: '',
      palette: first ? [{ ...first, name: '' }, ...others] : [],
    });
    expect([...problems.keys()]).toEqual(['name', 'palette.0.name']);
  });
});
