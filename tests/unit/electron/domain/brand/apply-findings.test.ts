import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../../electron/contract/brand-import.ts';
import {
  applyFindings,
  assignRoles,
  buildKitOfFindings,
  findMissingPart,
  leaveOutThemes,
} from '../../../../../electron/domain/brand/apply-findings.ts';
import { compareKits } from '../../../../../electron/domain/brand/compare-kits.ts';
import { emptyKit } from '../../../../../electron/domain/brand/empty-kit.ts';
import { findKitConflict } from '../../../../../electron/domain/brand/kit-conflict.ts';
import { readExampleBrand } from '../../../../support/example-brand.ts';

const { kit } = readExampleBrand();
const source = { file: 'a', place: 'b' };
const colour = (
  id: string,
  name: string,
  hex: string,
  role: Extract<Finding, { kind: 'colour' }>['role'] = null,
  theme: string | null = null,
): Finding => ({
  id,
  kind: 'colour',
  name,
  hex,
  role,
  share: null,
  theme,
  change: null,
  source,
});
const font: Finding = {
  id: 'font',
  kind: 'typeface',
  family: 'Some',
  weight: 700,
  file: 'some.ttf',
  face: null,
  source,
};
const logo: Finding = { id: 'logo', kind: 'logo', name: 'Mark', file: 'mark.svg', on: 'any', source };

describe('applyFindings', () => {
  test('adds what was confirmed and leaves the rest as it was', () => {
    const next = applyFindings(kit, [
      colour('1', 'Moss', '#015a3c', 'accent'),
      { id: '2', kind: 'phrase', list: 'neverSay', text: 'bargain', source },
      { id: '3', kind: 'phrase', list: 'requiredLines', text: 'Deposit 25 ct.', source },
    ]);
    expect(compareKits(kit, next).map(({ part, kind, field, after }) => [part, kind, field.join(' '), after])).toEqual([
      ['palette', 'added', 'Moss', '#015a3c, accent'],
      ['voice', 'added', 'neverSay', 'bargain'],
      ['policy', 'added', 'requiredLines Deposit 25 ct.', 'any, Deposit 25 ct.'],
    ]);
    expect(findKitConflict(next)).toBeNull();
  });

  test('gives a colour that is there already the confirmed role, and a name that is taken a number', () => {
    const next = applyFindings(kit, [
      colour('1', 'x', '#2352d1', 'accent'),
      colour('2', 'Delivery blue', '#000001', 'neutral'),
    ]);
    expect(next.palette.find(({ hex }) => hex === '#2352d1')).toMatchObject({ name: 'Delivery blue', role: 'accent' });
    expect(next.palette.at(-1)?.name).toBe('Delivery blue 2');
  });

  test('takes no typeface without its file', () => {
    expect(applyFindings(kit, [{ ...font, file: null }])).toEqual(kit);
  });
});

describe('assignRoles', () => {
  test('reads roles from the look where no file names them', () => {
    const hexes = ['#f5775c', '#14213f', '#f6f0df', '#8b8d91', '#2352d1'];
    expect(assignRoles(hexes.map((hex) => ({ hex, role: null })))).toEqual([
      'secondary',
      'text',
      'background',
      'neutral',
      'primary',
    ]);
  });
});

describe('buildKitOfFindings', () => {
  test('makes a kit without conflicts, and says what is missing before', () => {
    const colours = [colour('a', 'Paper', '#ffffff'), colour('b', 'Ink', '#101010')];
    expect([findMissingPart([]), findMissingPart(colours), findMissingPart([...colours, font])]).toEqual([
      'colours',
      'fonts',
      'logo',
    ]);
    const twice = [...colours, colour('c', 'Also ink', '#101010'), font, logo];
    expect(buildKitOfFindings('New', emptyKit, twice)?.palette.map(({ name, role }) => [name, role])).toEqual([
      ['Paper', 'background'],
      ['Ink', 'text'],
    ]);
    expect(buildKitOfFindings('New', emptyKit, colours)).toBeNull();
    const made = buildKitOfFindings('New', emptyKit, [...colours, font, logo]);
    expect(made && findKitConflict(made)).toBeNull();
    expect(made).toMatchObject({ name: 'New', type: { headline: { file: 'some.ttf' }, body: { file: 'some.ttf' } } });
  });
});

describe('compareKits', () => {
  test('names the field, what stood and what stands', () => {
    const after = {
      ...kit,
      palette: kit.palette.slice(1).map((entry, index) => (index === 0 ? { ...entry, tolerance: 9 } : entry)),
      thresholds: { ...kit.thresholds, contrast: 7 },
    };
    const files = { before: { 'logo-dark.svg': 'a'.repeat(64) }, after: { 'logo-dark.svg': 'b'.repeat(64) } };
    expect(compareKits(kit, after, files)).toEqual([
      { part: 'palette', field: ['Delivery blue', 'tolerance'], kind: 'changed', before: '14', after: '9' },
      { part: 'palette', field: ['Oat cream'], kind: 'removed', before: '#f6f0df, background', after: null },
      { part: 'thresholds', field: ['contrast'], kind: 'changed', before: '4.5', after: '7' },
      { part: 'logos', field: ['file', 'logo-dark.svg'], kind: 'changed', before: 'aaaaaaaa', after: 'bbbbbbbb' },
    ]);
    expect(compareKits(kit, kit)).toEqual([]);
  });
});

describe('colours of a theme', () => {
  const light = colour('1', 'background', '#ffffff', 'background');
  const dark = colour('2', 'foreground', '#ffffff', 'text', 'dark');
  const night = colour('3', 'background', '#0b0b12', 'background', 'dark');

  test('are left out where nobody picks, unless the files hold nothing else', () => {
    expect(leaveOutThemes([light, dark, night, logo])).toEqual({ kept: [light, logo], leftOut: ['dark'] });
    expect(leaveOutThemes([dark, night])).toEqual({ kept: [dark, night], leftOut: [] });
    expect(leaveOutThemes([logo])).toEqual({ kept: [logo], leftOut: [] });
  });

  test('that are confirmed join under the name of the theme and change no role of the usual palette', () => {
    const start = { ...emptyKit, palette: [] };
    const { palette } = applyFindings(start, [dark, light, night]);
    expect(palette.map(({ name, hex, role }) => [name, hex, role])).toEqual([
      ['foreground (dark)', '#ffffff', 'background'],
      ['background (dark)', '#0b0b12', 'background'],
    ]);
    expect(applyFindings(start, [light, dark]).palette).toMatchObject([{ name: 'background', role: 'background' }]);
  });
});
