import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoadRequest, TextJob } from '../../../../electron/contract/engine-protocol.ts';
import type { WorkContext } from '../../../../native-models/host/serve-engine.ts';
import { createTextBackend } from '../../../../native-models/text/text-backend.ts';

const PATH = fileURLToPath(new URL('../../../../native-models/starter/text/housestyle-text.gguf', import.meta.url));
const LOAD: LoadRequest = {
  kind: 'text',
  name: 'starter-text',
  hash: 'a'.repeat(64),
  path: PATH,
  threads: 1,
  device: 'cpu',
  isThrifty: false,
};

function createContext(signal: AbortSignal = new AbortController().signal): WorkContext {
  return { signal, reportProgress: () => {}, sendText: () => {}, announceBusy: () => {} };
}

function createJob(product: string, angle: number): TextJob {
  const user = ['Task: persona', `Product: ${product}`, 'Audience: families who cook at home', `Angle: ${angle}`].join(
    '\n',
  );
  const system = 'You are a brand strategist. Answer with one JSON object and nothing else.';
  return { kind: 'text', system, user, jsonSchema: null, maxTokens: 32, temperature: 0.7, topP: 0.9, seed: angle };
}

describe('the opening of a prompt that is kept between jobs', () => {
  const backend = createTextBackend();
  const write = async (job: TextJob, context = createContext()): Promise<string> => {
    const result = await backend.run(job, context);
    return result.kind === 'text' ? result.text : '';
  };
  const writeAfterLoading = async (job: TextJob): Promise<string> => {
    await backend.load(LOAD, createContext());
    return write(job);
  };
  beforeAll(async () => void (await backend.load(LOAD, createContext())));
  afterAll(() => backend.unload());

  it('leaves every answer as it is without the jobs before', async () => {
    const jobs = ['oat drink', 'oat drink', 'oat drink', 'pea drink', 'oat drink'].map(createJob);
    const alone: string[] = [];
    for (const job of jobs) alone.push(await writeAfterLoading(job));
    await backend.load(LOAD, createContext());
    const together: string[] = [];
    for (const job of jobs) together.push(await write(job));
    expect(together).toEqual(alone);
    expect(new Set(together).size).toBe(jobs.length);
  });

  it('holds for a job of one line and for one after a cancelled one', async () => {
    const line: TextJob = { ...createJob('oat drink', 1), user: 'Product: oat drink' };
    const job = createJob('oat drink', 2);
    const [lineAlone, jobAlone] = [await writeAfterLoading(line), await writeAfterLoading(job)];
    const stop = new AbortController();
    const stopping = { ...createContext(stop.signal), sendText: () => stop.abort(new Error('stopped')) };
    await expect(write({ ...job, maxTokens: 400 }, stopping)).rejects.toThrow();
    expect([await write(line), await write(job)]).toEqual([lineAlone, jobAlone]);
  });
});
