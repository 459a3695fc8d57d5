import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readClipTokenizer } from '../../../../native-models/image/clip-tokenizer.ts';

const TINY = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline/tokenizer', import.meta.url));
const REFERENCE = fileURLToPath(new URL('../../../../../shared/reference', import.meta.url));
const hasReference = existsSync(`${REFERENCE}/clip_token_ids.json`);
if (!hasReference) console.log('skipped: the vocabulary of 49,408 tokens is not on this machine (../shared/reference)');

function repeat(id: number, count: number): number[] {
  return Array.from({ length: count }, () => id);
}

describe('readClipTokenizer', () => {
  it.skipIf(!hasReference)('gives the ids of the reference tokenizer for tricky strings', async () => {
    const tokenizer = await readClipTokenizer('sd15', `${REFERENCE}/sd15-onnx-configs/tokenizer`);
    const { s: texts, ids } = JSON.parse(readFileSync(`${REFERENCE}/clip_token_ids.json`, 'utf8')) as {
      s: string[];
      ids: number[][];
    };
    expect(texts.map((text) => tokenizer.encodeWhole(text))).toEqual(ids);
    expect(tokenizer.maxTokens).toBe(77);
    const padded = tokenizer.encode('a photo of a cat');
    expect(padded).toEqual([49406, 320, 1125, 539, 320, 2368, ...repeat(49407, 71)]);
  });

  it('merges, lowers, marks word ends and pads with the token that the files name', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    const [start, end, pad] = [520, 521, 0];
    expect(tokenizer.encode('RED  dots')).toEqual([start, 513, 519, end, ...repeat(pad, 8)]);
    expect(tokenizer.encode('')).toEqual([start, end, ...repeat(pad, 10)]);
  });

  it('cuts a long text before the end mark', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    const ids = tokenizer.encode('red '.repeat(50));
    expect([ids.length, ids.at(-1)]).toEqual([12, 521]);
    expect(ids.slice(1, -1)).toEqual(repeat(513, 10));
  });

  it('falls back to bytes for what the vocabulary does not have', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    for (const text of ['ü', '😀', '数', '\u0000', 'a\u0301']) {
      const ids = tokenizer.encodeWhole(text);
      expect(ids.length).toBeGreaterThan(2);
      expect(ids.slice(1, -1).every((id) => id < 512)).toBe(true);
    }
  });
});
