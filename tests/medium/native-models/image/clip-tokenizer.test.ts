import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readClipTokenizer } from '../../../../native-models/image/clip-tokenizer.ts';

const TINY = fileURLToPath(new URL('../../../support/fixtures/tiny-pipeline', import.meta.url));
const REFERENCE = fileURLToPath(new URL('../../../../../shared/reference', import.meta.url));
/** Strings and ids of the reference; see tests/support/reference/make_hard_prompts.py. */
const HARD_PROMPTS = fileURLToPath(new URL('../../../support/fixtures/hard-prompts.json', import.meta.url));
const hasReference = existsSync(`${REFERENCE}/clip_token_ids.json`);
if (!hasReference) console.log('skipped: the vocabulary of 49,408 tokens is not on this machine (../shared/reference)');

function repeat(id: number, count: number): number[] {
  return Array.from({ length: count }, () => id);
}

describe('readClipTokenizer', () => {
  it.skipIf(!hasReference)('gives the ids of the reference tokenizer for tricky strings', async () => {
    const tokenizer = await readClipTokenizer('sd15', `${REFERENCE}/sd15-onnx-configs`);
    const { s: texts, ids } = JSON.parse(readFileSync(`${REFERENCE}/clip_token_ids.json`, 'utf8')) as {
      s: string[];
      ids: number[][];
    };
    expect(texts.map((text) => [49406, ...tokenizer.tokenize(text), 49407])).toEqual(ids);
    expect(tokenizer.maxTokens).toBe(77);
    const padded = tokenizer.frame(tokenizer.tokenize('a photo of a cat'));
    expect(padded).toEqual([49406, 320, 1125, 539, 320, 2368, ...repeat(49407, 71)]);
  });

  it.skipIf(!hasReference)('gives the ids of the reference tokenizer for 2,000 hard strings', async () => {
    const tokenizer = await readClipTokenizer('sd15', `${REFERENCE}/sd15-onnx-configs`);
    const rows = JSON.parse(readFileSync(HARD_PROMPTS, 'utf8')) as [string, number[]][];
    expect(rows).toHaveLength(2000);
    expect(rows.map(([text]) => [text, tokenizer.tokenize(text)])).toEqual(rows);
  });

  it('reads an end mark in capitals as plain text, alone and between words', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    const [start, end] = [520, 521];
    for (const text of ['<|ENDOFTEXT|>', 'red <|EndOfText|> dots', '<|endoftext|><|ENDOFTEXT|>', '<|STARTOFTEXT|>']) {
      const marks = text.startsWith('<|endoftext|>') ? [end] : [];
      expect(tokenizer.tokenize(text).filter((id) => id === start || id === end)).toEqual(marks);
    }
  });

  it('lowers a final capital sigma letter by letter', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    expect(tokenizer.tokenize('ΑΣ')).toEqual(tokenizer.tokenize('ασ'));
    expect(tokenizer.tokenize('ΑΣ')).not.toEqual(tokenizer.tokenize('ας'));
  });

  it('merges, lowers, marks word ends and pads with the token that the files name', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    const [start, end, pad] = [520, 521, 0];
    expect(tokenizer.frame(tokenizer.tokenize('RED  dots'))).toEqual([start, 513, 519, end, ...repeat(pad, 8)]);
    expect(tokenizer.frame([])).toEqual([start, end, ...repeat(pad, 10)]);
  });

  it('refuses to frame more than a row holds', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    expect(tokenizer.frame(repeat(513, 10))).toHaveLength(12);
    expect(() => tokenizer.frame(repeat(513, 11))).toThrow('a row holds 10 tokens');
  });

  it('names the tokenizer of several that lacks a file', async () => {
    await expect(readClipTokenizer('tiny', TINY, 'tokenizer_2')).rejects.toMatchObject({
      code: 'model.fileMissing',
      data: { file: 'tokenizer_2/vocab.json' },
    });
  });

  it('falls back to bytes for what the vocabulary does not have', async () => {
    const tokenizer = await readClipTokenizer('tiny', TINY);
    for (const text of ['ü', '😀', '数', '\u0000', 'a\u0301']) {
      const ids = tokenizer.tokenize(text);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.every((id) => id < 512)).toBe(true);
    }
  });
});
