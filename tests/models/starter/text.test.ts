import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engines } from '../../../electron/engines/engine-client.ts';
import { makeTextJob } from '../../support/fake-engine/make-jobs.ts';
import { createStarterEngines } from '../../support/starter-engines.ts';

let engines: Engines;
beforeAll(() => {
  engines = createStarterEngines();
});
afterAll(() => engines[Symbol.asyncDispose]());

const PERSONA = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 40 },
    summary: { type: 'string', maxLength: 160 },
    needs: { type: 'array', items: { type: 'string', maxLength: 80 }, minItems: 2, maxItems: 3 },
  },
};
const USER = [
  'Task: persona',
  'Product: Lumen Oat',
  'What: oat drink in returnable glass bottles',
  'Audience: city families who cook at home',
  'Tone: warm, plain',
  'Angle: 1',
].join('\n');
const job = (changes = {}) => makeTextJob({ user: USER, jsonSchema: PERSONA, maxTokens: 220, ...changes });

describe('the starter text model', () => {
  it('answers with JSON that fits the schema and streams it', async () => {
    let streamed = '';
    const result = await engines.text.run(job(), {
      onChunk: (chunk) => {
        streamed += chunk;
      },
    });
    expect(streamed).toBe(result.text);
    const answer: unknown = JSON.parse(result.text);
    expect(Object.keys(answer as object)).toEqual(['name', 'summary', 'needs']);
    expect((answer as { name: string }).name.length).toBeLessThanOrEqual(40);
    expect(result.tokens).toBeGreaterThan(10);
    expect(result.firstTokenMs).toBeLessThanOrEqual(result.durationMs);
  });

  it('names what it cannot spell, in the stream and in the answer, and nothing that stands in for it', async () => {
    const product = "Ötzi's 3rd Pantry";
    const user = USER.replace('persona', 'concept').replace('Lumen Oat', product);
    const text = { type: 'string', maxLength: 180 };
    const jsonSchema = { type: 'object', properties: { title: text, headline: text, body: text } };
    const phrases = [{ role: 'product' as const, text: product }];
    for (const seed of [1, 2, 3]) {
      let streamed = '';
      const onChunk = (chunk: string) => {
        streamed += chunk;
      };
      const result = await engines.text.run(job({ user, jsonSchema, phrases, seed }), { onChunk });
      expect(result.text).toContain(product);
      expect(result.text + streamed).not.toContain('Wren');
      expect(streamed).toContain(product);
    }
  });

  it('gives the same text for the same seed, whatever came between, and other texts for other seeds', async () => {
    const first = await engines.text.run(job({ seed: 5 }));
    await engines.text.run(job({ seed: 6, user: USER.replace('Lumen Oat', 'Nordlicht') }));
    expect((await engines.text.run(job({ seed: 5 }))).text).toBe(first.text);
    const others = await Promise.all([7, 8, 9].map((seed) => engines.text.run(job({ seed, temperature: 1 }))));
    expect(new Set(others.map(({ text }) => text)).size).toBeGreaterThan(1);
  });

  it('keeps to anyOf in a schema', async () => {
    const jsonSchema = { type: 'object', properties: { choice: { anyOf: [{ const: 'warm' }, { const: 'cold' }] } } };
    const choices = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(
        async (seed) =>
          JSON.parse((await engines.text.run(job({ jsonSchema, seed, temperature: 2, topP: 1 }))).text).choice,
      ),
    );
    for (const choice of choices) expect(['warm', 'cold']).toContain(choice);
  });

  it('stops soon when told to and works on', async () => {
    const abort = new AbortController();
    const run = engines.text.run(job({ jsonSchema: null, maxTokens: 600, seed: 3 }), {
      signal: abort.signal,
      onChunk: () => abort.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    expect((await engines.text.run(job())).kind).toBe('text');
  });

  it('refuses a prompt that it cannot read to the end', async () => {
    await expect(engines.text.run(job({ user: 'lorem ipsum '.repeat(2000) }))).rejects.toMatchObject({
      code: 'engine.failed',
      data: { reason: expect.stringContaining('tokens') },
    });
  });

  it('never answers with more tokens than asked for', async () => {
    const { tokens } = await engines.text.run(job({ jsonSchema: null, maxTokens: 12 }));
    expect(tokens).toBeLessThanOrEqual(12);
  });
});
