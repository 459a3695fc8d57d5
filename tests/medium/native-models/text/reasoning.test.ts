import { fileURLToPath } from 'node:url';
import { getLlama, LlamaChatSession, LlamaLogLevel, type Llama, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chooseChatFormats, type FamilyFormat } from '../../../../native-models/text/chat-format.ts';
import { readGgufHeader } from '../../../../native-models/text/gguf-header.ts';

const path = fileURLToPath(new URL('../../../support/fixtures/text-models/qwen3-think.gguf', import.meta.url));
let llama: Llama;
let model: LlamaModel;
beforeAll(async () => {
  llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    maxThreads: 1,
    logLevel: LlamaLogLevel.error,
  });
  model = await llama.loadModel({ modelPath: path });
});
afterAll(() => llama.dispose());

const choose = () => chooseChatFormats(readGgufHeader(path), model.tokens.shouldPrependBosToken);
const readPrompt = (format: FamilyFormat) =>
  model
    .detokenize(
      format
        .generateContextState({ chatHistory: [{ type: 'user', text: 'oats' }] })
        .contextText.tokenize(model.tokenizer),
      true,
    )
    // This small vocabulary writes spaces around its marks.
    .replaceAll(/\s/g, '');

it('a model that thinks is told that it has thought already, with one token for the beginning', () => {
  const prompt = readPrompt(choose().direct);
  expect(prompt.endsWith('<|im_start|>assistant<think></think>')).toBe(true);
  expect(readPrompt(choose().thinking).endsWith('<|im_start|>assistant')).toBe(true);
  const tokens = choose()
    .direct.generateContextState({ chatHistory: [{ type: 'user', text: 'x' }] })
    .contextText.tokenize(model.tokenizer);
  expect(tokens.filter((token) => token === model.tokens.bos)).toHaveLength(1);
});

it('what a model thinks stands apart from its answer', async () => {
  const context = await model.createContext({ contextSize: 512, threads: 1 });
  const session = new LlamaChatSession({ contextSequence: context.getSequence(), chatWrapper: choose().thinking });
  const grammar = await llama.createGrammar({ grammar: 'root ::= "<think>ab</think>cd"' });
  let streamed = '';
  const { responseText, response } = await session.promptWithMeta('oats', {
    grammar,
    maxTokens: 60,
    onTextChunk: (chunk) => {
      streamed += chunk;
    },
  });
  expect(responseText.trim()).toBe('cd');
  expect(streamed.trim()).toBe('cd');
  expect(response.flatMap((part) => (typeof part === 'object' && part.type === 'segment' ? [part.text] : []))).toEqual([
    'ab',
  ]);
  await context.dispose();
});
