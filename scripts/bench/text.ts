import { dirname, join, resolve } from 'node:path';
import type { TextJob } from '../../electron/contract/engine-protocol.ts';
import type { Engines } from '../../electron/engines/engine-client.ts';
import { createEngines } from '../../electron/engines/create-engines.ts';
import { openModelStore } from '../../electron/engines/models/model-store.ts';
import { openBareLoop, type BareLoop } from '../../native-models/text/bare-loop.ts';
import { root } from '../project.ts';
import type { BenchOptions } from './bench.ts';

const THREADS = 1;
const full = { tokens: 200, rounds: 12, briefs: 5 };
const small = { tokens: 24, rounds: 2, briefs: 1 };
const JOBS_OF_A_BRIEF = 10;
/** Products 0 and 1 are those of the pairs. */
const FIRST_BRIEF = 2;
const PERSONA = {
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 100, maxLength: 200 },
    lifestyle: { type: 'string', minLength: 200, maxLength: 400 },
  },
};

const SYSTEM = 'You are a brand strategist. Answer with one JSON object and nothing else.';
const PRODUCTS = ['oat drink', 'barley drink', 'pea drink', 'almond drink', 'rice drink', 'hemp drink', 'soy drink'];
const AUDIENCE = 'city families who cook at home, shop on foot, read labels and bring their bottles back';
const BRIEF = [
  `Audience: ${AUDIENCE}`,
  'Promise: whole grain taste without waste, pressed the day before it is sold',
  'Proof: grain from farms within a hundred kilometres, bottles that are filled forty times',
  'Tone: warm, plain, a little dry, never preaching, no superlatives and no exclamation marks',
  'Channels: posters at stops, a page, square pictures for feeds, a letter to shops',
];

/**
 * An engine process and its protocol, streamed, measured from outside it, against a bare loop on the same file in this process. Both
 * write the same number of tokens, free and under a JSON grammar, in turn; other programs slow both halves of a pair, so the median
 * of the pairs' ratios counts. Then the time to the first text of the tenth job of a brief over that of its first.
 */
export async function run({ small: isSmall, model, ...options }: BenchOptions): Promise<Record<string, unknown>> {
  const size = isSmall ? small : full;
  const path = model === undefined ? join(root, 'native-models/starter') : dirname(resolve(model));
  const models = openModelStore({ folders: [{ path, shipped: model === undefined }] });
  const found = await models.find('text', null);
  await using engines = createEngines({
    nodePath: process.execPath,
    entries: { text: { script: join(root, 'native-models/host/engine.ts'), args: ['text'] } },
    models,
    threads: THREADS,
  });
  const bare = await openBareLoop(found.path, THREADS);
  try {
    const free: Pair[] = [];
    const bound: Pair[] = [];
    for (let round = 0; round <= size.rounds; round += 1) {
      // Two products in turn: the engine keeps the opening of the job before, which the bare loop does not.
      const pair = await measurePair(engines, bare, createJob(size.tokens, round, null, { product: 0, angle: round }));
      const grammarPair = await measurePair(
        engines,
        bare,
        createJob(size.tokens, round, PERSONA, { product: 1, angle: round }),
      );
      // The first round builds the grammar and warms both sides.
      if (round === 0) continue;
      free.push(pair);
      bound.push(grammarPair);
      const ratios = [pair, grammarPair].map(({ through, direct }) => (through / direct).toFixed(3));
      options.progress(
        `round ${round} of ${size.rounds}: ${Math.round(pair.through)} tokens/s, ratios ${ratios.join(', ')}`,
      );
    }
    const briefs: Awaited<ReturnType<typeof measureBrief>>[] = [];
    for (let brief = 0; brief < size.briefs; brief += 1) briefs.push(await measureBrief(engines, FIRST_BRIEF + brief));
    return {
      ...size,
      model: found.name,
      threads: THREADS,
      tokensPerSecond: median(free.map(({ through }) => through)),
      throughContract: median(free.map(({ through, direct }) => through / direct)),
      throughContractGrammar: median(bound.map(({ through, direct }) => through / direct)),
      firstTokenMs: median(bound.map(({ firstTokenMs }) => firstTokenMs)),
      prefixReuse: median(briefs.map(({ first, tenth }) => tenth / first)),
    };
  } finally {
    await bare.close();
  }
}

/** Tokens per second. */
type Pair = { readonly through: number; readonly direct: number; readonly firstTokenMs: number };

async function measurePair(engines: Engines, bare: BareLoop, job: TextJob): Promise<Pair> {
  const { tokens, durationMs, firstTokenMs } = await runJob(engines, job);
  const prompt = `<|im_start|>system\n${job.system}<|im_end|>\n<|im_start|>user\n${job.user}<|im_end|>\n<|im_start|>assistant\n`;
  const direct = await bare.write(prompt, tokens, job.seed, job.jsonSchema);
  return { through: (1000 * tokens) / durationMs, direct: (1000 * direct.tokens) / direct.durationMs, firstTokenMs };
}

/** Milliseconds to the first text of the first and the tenth job of a brief that the engine has not seen. */
async function measureBrief(engines: Engines, brief: number): Promise<{ first: number; tenth: number }> {
  const times: number[] = [];
  for (let angle = 1; angle <= JOBS_OF_A_BRIEF; angle += 1) {
    const job = createJob(16, angle, null, { product: brief, angle });
    times.push((await runJob(engines, job)).firstTokenMs);
  }
  return { first: times[0] ?? Number.NaN, tenth: times.at(-1) ?? Number.NaN };
}

async function runJob(engines: Engines, job: TextJob) {
  const startedAtMs = performance.now();
  let firstTokenMs: number | null = null;
  const { tokens } = await engines.text.run(job, {
    onChunk: () => {
      firstTokenMs ??= performance.now() - startedAtMs;
    },
  });
  const durationMs = performance.now() - startedAtMs;
  return { tokens, durationMs, firstTokenMs: firstTokenMs ?? durationMs };
}

function createJob(
  maxTokens: number,
  seed: number,
  jsonSchema: Record<string, unknown> | null,
  { product, angle }: { product: number; angle: number },
): TextJob {
  const user = ['Task: persona', `Product: Lumen, ${PRODUCTS[product]}`, ...BRIEF, `Angle: ${angle}`].join('\n');
  return { kind: 'text', system: SYSTEM, user, jsonSchema, maxTokens, temperature: 0.7, topP: 0.9, seed };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
