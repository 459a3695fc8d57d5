import { describe, expect, it } from 'vitest';
import { detectMediaType } from '../../../../../electron/library/objects/media-type.ts';

const text = (content: string) => new TextEncoder().encode(content);

describe('detectMediaType', () => {
  it('tells pictures, fonts and drawings from their content', () => {
    expect(detectMediaType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBe('image/png');
    expect(detectMediaType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
    expect(detectMediaType(text('RIFF1234WEBPVP8 '))).toBe('image/webp');
    expect(detectMediaType(text('wOFF'))).toBe('font/woff');
    expect(detectMediaType(text('wOF2'))).toBe('font/woff2');
    expect(detectMediaType(text('OTTO'))).toBe('font/otf');
    expect(detectMediaType(Uint8Array.of(0, 1, 0, 0, 0, 12))).toBe('font/ttf');
    expect(detectMediaType(text('<?xml version="1.0"?>\n<!-- x --><svg width="1">'))).toBe('image/svg+xml');
    expect(detectMediaType(text('\ufeff <svg>'))).toBe('image/svg+xml');
  });

  it('calls everything else bytes, web pages included', () => {
    expect(detectMediaType(text('<!doctype html><script>'))).toBe('application/octet-stream');
    expect(detectMediaType(text('see the <svg> element'))).toBe('application/octet-stream');
    expect(detectMediaType(new Uint8Array())).toBe('application/octet-stream');
  });
});
