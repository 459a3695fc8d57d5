import { getLlama, LlamaGrammarEvaluationState, LlamaLogLevel, type Llama } from 'node-llama-cpp';

export type BareLoop = {
  /** Text for a prompt, free or under a grammar, without chat format, process or protocol; resolves to tokens and their time. */
  write(
    prompt: string,
    maxTokens: number,
    seed: number,
    jsonSchema?: Record<string, unknown> | null,
  ): Promise<{ readonly tokens: number; readonly durationMs: number }>;
  close(): Promise<void>;
};

const MAX_CONTEXT_TOKENS = 4096;

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
  const context = await model.createContext({
    contextSize: Math.min(model.trainContextSize, MAX_CONTEXT_TOKENS),
    sequences: 1,
    threads,
  });
  return {
    async write(prompt, maxTokens, seed, jsonSchema = null) {
      const grammar =
        jsonSchema === null
          ? null
          : await llama.createGrammarForJsonSchema(jsonSchema as Parameters<Llama['createGrammarForJsonSchema']>[0]);
      const sequence = context.getSequence();
      const startedAtMs = performance.now();
      let tokens = 0;
      for await (const _token of sequence.evaluate(model.tokenize(prompt, true), {
        temperature: 0.7,
        topP: 0.9,
        seed,
        yieldEogToken: true,
        ...(grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
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
