import { describe, expect, test } from 'vitest';
import {
  looksLikeHslChannels,
  readChannels,
  readColourText,
  readGradientStops,
} from '../../../../../electron/domain/brand/colour-text.ts';

const hexes = (text: string) => readGradientStops(text)?.map(({ hex }) => hex) ?? null;

describe('a colour', () => {
  test.each([
    ['#335', '#333355'],
    ['#FF8800', '#ff8800'],
    ['  RED ', '#ff0000'],
    ['rebeccapurple', '#663399'],
    ['RGB(13 110 253)', '#0d6efd'],
    ['rgb(13, 110, 253)', '#0d6efd'],
    ['rgb(50% 0% 0%)', '#800000'],
    ['hsl(210 40% 96.1%)', '#f1f5f9'],
    ['hsl(120deg, 100%, 25%)', '#008000'],
    ['hsl(0.5turn 50% 50%)', '#40bfbf'],
    ['hwb(194 0% 0%)', '#00c3ff'],
    ['color(srgb 1 0.5 0)', '#ff8000'],
    ['color(srgb 1 0.5 none)', '#ff8000'],
    ['oklch(1 0 0)', '#ffffff'],
    ['color-mix(in srgb, red, blue)', '#800080'],
    ['color-mix(in srgb, red 25%, blue)', '#4000bf'],
    ['color-mix(in srgb, 75% red, blue)', '#bf0040'],
    ['color-mix(in srgb, red, color-mix(in srgb, white, black))', '#bf4040'],
  ])('is %s, read as %s', (text, hex) => {
    expect(readColourText(text)).toEqual({ hex, change: null });
  });

  test.each([
    ['color(display-p3 1 0 0)', '#ff0000', 'clipped'],
    ['oklch(70.4% 0.14 182.503)', '#00bba7', 'clipped'],
    ['rgb(300 0 0)', '#ff0000', 'clipped'],
    ['rgba(13, 110, 253, .8)', '#0d6efd', 'opaque'],
    ['#0d6efdcc', '#0d6efd', 'opaque'],
    ['color-mix(in srgb, #0d6efd 80%, transparent)', '#0d6efd', 'opaque'],
  ])('says that %s is read as %s because it is %s', (text, hex, change) => {
    expect(readColourText(text)).toEqual({ hex, change });
  });

  test.each([
    ['335'],
    ['100'],
    ['0'],
    ['1.5'],
    ['fade'],
    ['facade'],
    ['bed'],
    ['123456'],
    ['200ms'],
    ['0.5rem'],
    ['none'],
    ['inherit'],
    ['currentColor'],
    ['Canvas'],
    ['transparent'],
    ['#12345'],
    ['#0d6efd40'],
    ['rgba(0,0,0,.1)'],
    ['color-mix(in srgb, red 20%, transparent)'],
    ['color-mix(in oklch longer hue, red, blue)'],
    ['color-mix(in srgb, red)'],
    ['oklch(from red l c h)'],
    ['constructor'],
    ['url(#a)'],
    [''],
  ])('is not "%s"', (text) => {
    expect(readColourText(text)).toBeNull();
  });
});

test('channels without a function are read by the function around them', () => {
  expect(looksLikeHslChannels('222.2 47.4% 11.2%')).toBe(true);
  expect(looksLikeHslChannels('13, 110, 253')).toBe(false);
  expect(looksLikeHslChannels('335')).toBe(false);
  expect(readChannels('222.2 47.4% 11.2%', 'hsl')?.hex).toBe('#0f172a');
  expect(readChannels('13, 110, 253', 'rgb')?.hex).toBe('#0d6efd');
  expect(readChannels('red); x: rgb(1 2 3', 'rgb')).toBeNull();
});

test('stops of a gradient are its colours without direction and positions', () => {
  expect(hexes('linear-gradient(135deg, #f00 0%, rgb(0, 0, 255) 20px 40%)')).toEqual(['#ff0000', '#0000ff']);
  expect(hexes('radial-gradient(circle at center, white, hsl(0 0% 0%))')).toEqual(['#ffffff', '#000000']);
  expect(hexes('linear-gradient(in oklch to right, red, 30%, blue)')).toEqual(['#ff0000', '#0000ff']);
  expect(hexes('#f00')).toBeNull();
});
