import { join } from 'node:path';
import type { TextJob } from '../../electron/contract/engine-protocol.ts';
import { createEngines } from '../../electron/engines/create-engines.ts';
import { openModelStore } from '../../electron/engines/model-store.ts';
import { openBareLoop } from '../../native-models/text/bare-loop.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const THREADS = 1;
const full = { tokens: 200, rounds: 12 };
const small = { tokens: 24, rounds: 2 };

const SYSTEM = 'You are a brand strategist. Answer with one JSON object and nothing else.';
const USER = [
  'Task: persona',
  'Product: Lumen Oat',
  'What: oat drink in returnable glass bottles',
  'Audience: city families who cook at home',
  'Angle: 1',
].join('\n');

/**
 * Tokens per second through an engine process and its protocol, streamed, over a bare loop on the same file in this process; both
 * write free text of the same number of tokens, and the best round of each counts, because other programs only ever slow one down.
 * Also the time to the first token of an answer under a JSON grammar.
 */
export async function run({ small: isSmall, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const models = openModelStore({ folders: [{ path: join(root, 'native-models/starter'), shipped: true }] });
  const { path } = await models.find('text', null);
  const script = join(root, 'native-models/host/engine.ts');
  await using engines = createEngines({
    nodePath: process.execPath,
    entries: { text: { script, args: ['text'] } },
    models,
    threads: THREADS,
  });
  const bare = await openBareLoop(path, THREADS);
  try {
    const bareRates: number[] = [];
    const firstTokensMs: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round <= size.rounds; round += 1) {
      const through = await engines.text.run(createJob(size.tokens, round, null), { onChunk: () => {} });
      const direct = await bare.write(
        `<|im_start|>system\n${SYSTEM}<|im_end|>\n<|im_start|>user\n${USER}<|im_end|>\n<|im_start|>assistant\n`,
        through.tokens,
        round,
      );
      const persona = { type: 'object', properties: { name: { type: 'string', maxLength: 40 } } };
      const answer = await engines.text.run(createJob(60, round, persona));
      // The first round builds the grammar and warms both sides.
      if (round === 0) continue;
      const rate = (1000 * through.tokens) / through.durationMs;
      const bareRate = (1000 * direct.tokens) / direct.durationMs;
      rates.push(rate);
      bareRates.push(bareRate);
      firstTokensMs.push(answer.firstTokenMs);
      options.progress(
        `round ${round} of ${size.rounds}: ${Math.round(rate)} tokens/s (${through.tokens}), bare ${Math.round(bareRate)} (${direct.tokens})`,
      );
    }
    return {
      ...size,
      threads: THREADS,
      tokensPerSecond: Math.max(...rates),
      throughContract: Math.max(...rates) / Math.max(...bareRates),
      firstTokenMs: median(firstTokensMs),
    };
  } finally {
    await bare.close();
  }
}

function createJob(maxTokens: number, seed: number, jsonSchema: Record<string, unknown> | null): TextJob {
  return { kind: 'text', system: SYSTEM, user: USER, jsonSchema, maxTokens, temperature: 0.7, topP: 0.9, seed };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
