import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

export type BareLoop = {
  /** Free text for a prompt, without chat format, grammar, process or protocol; resolves to tokens and their time. */
  write(
    prompt: string,
    maxTokens: number,
    seed: number,
  ): Promise<{ readonly tokens: number; readonly durationMs: number }>;
  close(): Promise<void>;
};

/** The least that the native library needs to write: what everything around it is measured against. */
export async function openBareLoop(path: string, threads: number): Promise<BareLoop> {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: threads,
    logLevel: LlamaLogLevel.error,
  });
  const model = await llama.loadModel({ modelPath: path });
  const context = await model.createContext({ contextSize: model.trainContextSize, sequences: 1, threads });
  return {
    async write(prompt, maxTokens, seed) {
      const sequence = context.getSequence();
      const startedAtMs = performance.now();
      let tokens = 0;
      for await (const _token of sequence.evaluate(model.tokenize(prompt, true), {
        temperature: 0.7,
        topP: 0.9,
        seed,
        yieldEogToken: true,
      })) {
        tokens += 1;
        if (tokens >= maxTokens) break;
      }
      const durationMs = performance.now() - startedAtMs;
      await sequence.dispose();
      return { tokens, durationMs };
    },
    async close() {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}
