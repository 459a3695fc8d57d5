import {
  LlamaChatSession,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  type LlamaModel,
} from 'node-llama-cpp';
import type { LoadRequest, TextJob, TextResult } from '../../electron/contract/engine-protocol.ts';
import { StudioError } from '../../electron/contract/errors.ts';
import type { WorkContext } from '../host/serve-engine.ts';
import { chooseChatFormats, type ChatFormats } from './chat-format.ts';
import { ChunkBuffer } from './chunk-buffer.ts';
import { fillPlaces, type FilledInstructions } from './fill-places.ts';
import type { GgufHeader } from './gguf-header.ts';
import { findOddWords, listWords } from './odd-words.ts';
import { evaluateOpening, listOpening } from './prompt-opening.ts';
import { restoreAnswer } from './restore-answer.ts';
import { RestoringStream } from './restore-words.ts';
import { chooseSwaps, hideWords } from './stand-ins.ts';
import { listSamplingOptions, parseHabits, type WritingHabits } from './writing-habits.ts';

/** Briefs and answers are short; a longer context only takes memory. */
const MAX_CONTEXT_TOKENS = 4096;
/** Marks of the chat format around the texts. */
const FORMAT_TOKENS = 32;
const MAX_GRAMMARS = 32;
const MAX_ODD_WORDS = 20;
const MAX_REASONING = 100_000;

type Phrasing = {
  readonly system: string;
  readonly user: string;
  readonly maxTokens: number;
  readonly filled: FilledInstructions | null;
};

/** A loaded GGUF model with one context. The lines that a job's prompt shares with the job before stay evaluated. */
export class TextModel {
  readonly contextTokens: number;
  readonly #llama: Llama;
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #formats: ChatFormats;
  readonly #habits: WritingHabits;
  readonly #hasDialect: boolean;
  readonly #words: ReadonlySet<string>;
  /** Null before the first job and after one that failed or was cancelled. */
  #kept: LlamaContextSequence | null = null;
  readonly #grammars = new Map<string, LlamaGrammar>();

  constructor(llama: Llama, model: LlamaModel, context: LlamaContext, header: GgufHeader) {
    this.#llama = llama;
    this.#model = model;
    this.#context = context;
    this.#formats = chooseChatFormats(header, model.tokens.shouldPrependBosToken);
    this.#habits = parseHabits(header.habits);
    this.#hasDialect = header.habits !== null;
    this.#words = new Set(listWords(this.#habits.words));
    this.contextTokens = context.contextSize;
  }

  async write(job: TextJob, context: WorkContext): Promise<TextResult> {
    const asked = this.#phrase(job);
    const swaps = chooseSwaps(this.#habits.standIns, job.phrases ?? [], [asked.system, asked.user]);
    const { system } = asked;
    const user = hideWords(asked.user, swaps);
    const room = this.#findRoom(system, user);
    // Under a grammar a model cannot think: whatever it wrote would have to be the answer.
    const format = job.jsonSchema === null ? this.#formats.thinking : this.#formats.direct;
    const grammar = job.jsonSchema === null ? null : await this.#findGrammar(job.jsonSchema);
    context.signal.throwIfAborted();
    const startedAtMs = performance.now();
    let firstTokenMs: number | null = null;
    let tokens = 0;
    const chunks = new ChunkBuffer((text) => context.sendText(text));
    const stream = swaps.length === 0 ? null : new RestoringStream(swaps, { asJson: job.jsonSchema !== null });
    const sequence = this.#kept ?? this.#context.getSequence();
    this.#kept = null;
    let isWhole = false;
    try {
      await evaluateOpening(sequence, listOpening(this.#model, format, system, user), context.signal);
      context.signal.throwIfAborted();
      const session = new LlamaChatSession({
        contextSequence: sequence,
        chatWrapper: format,
        systemPrompt: system,
        autoDisposeSequence: false,
      });
      const { responseText: written, response } = await session.promptWithMeta(user, {
        maxTokens: Math.min(asked.maxTokens, room),
        temperature: job.temperature,
        topP: job.topP,
        ...listSamplingOptions(this.#habits),
        seed: job.seed,
        signal: context.signal,
        // Reproducible and unpunished: a grammar needs its quotes and commas again and again.
        repeatPenalty: false,
        onToken: (added) => {
          firstTokenMs ??= performance.now() - startedAtMs;
          tokens += added.length;
        },
        onTextChunk: (chunk) => chunks.add(stream === null ? chunk : stream.add(chunk)),
        ...(grammar && { grammar }),
      });
      if (stream !== null) chunks.add(stream.end());
      chunks.flush();
      const text = restoreAnswer(written, swaps, job.jsonSchema);
      session.dispose({ disposeSequence: false });
      isWhole = true;
      const durationMs = performance.now() - startedAtMs;
      const reasoning = response
        .flatMap((part) => (typeof part === 'object' && part.type === 'segment' ? [part.text] : []))
        .join('\n')
        .trim();
      const oddWords = findOddWords(written, user, this.#words).slice(0, MAX_ODD_WORDS);
      return {
        kind: 'text',
        text,
        tokens,
        firstTokenMs: firstTokenMs ?? durationMs,
        durationMs,
        ...(asked.filled && { asked: { system, user, leftOut: [...asked.filled.leftOut] } }),
        ...(reasoning !== '' && { reasoning: reasoning.slice(0, MAX_REASONING) }),
        ...(oddWords.length > 0 && { oddWords }),
      };
    } finally {
      if (isWhole) this.#kept = sequence;
      else await sequence.dispose();
    }
  }

  async close(): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
  }

  /** The wish as this model reads it best: in its own dialect, or in sentences with what the context has room for. */
  #phrase({ system, user, maxTokens, instructions }: TextJob): Phrasing {
    if (this.#hasDialect || instructions === undefined) return { system, user, maxTokens, filled: null };
    const budget = this.contextTokens - FORMAT_TOKENS - Math.min(instructions.maxTokens, this.contextTokens / 2);
    const filled = fillPlaces(instructions, (...texts) => this.#countTokens(...texts) <= budget);
    return { ...filled, maxTokens: instructions.maxTokens, filled };
  }

  #countTokens(...texts: readonly string[]): number {
    return texts.reduce((sum, text) => sum + this.#model.tokenize(text).length, 0);
  }

  /** Tokens left for the answer. A prompt that does not fit is refused: a context that slides would forget the brief. */
  #findRoom(system: string, user: string): number {
    const used = this.#countTokens(system, user) + FORMAT_TOKENS;
    const room = this.contextTokens - used;
    if (room >= 16) return room;
    const reason = `the prompt takes ${used} of the ${this.contextTokens} tokens that this model reads`;
    throw new StudioError('engine.failed', `The text engine could not do this job: ${reason}.`, {
      kind: 'text',
      reason,
    });
  }

  async #findGrammar(schema: Record<string, unknown>): Promise<LlamaGrammar> {
    const key = JSON.stringify(schema);
    const known = this.#grammars.get(key);
    if (known !== undefined) return known;
    const grammar = await this.#llama.createGrammarForJsonSchema(
      replaceAnyOf(schema) as Parameters<Llama['createGrammarForJsonSchema']>[0],
    );
    const oldest = this.#grammars.keys().next();
    if (this.#grammars.size >= MAX_GRAMMARS && !oldest.done) this.#grammars.delete(oldest.value);
    this.#grammars.set(key, grammar);
    return grammar;
  }
}

/** The grammar maker keeps only the last branch of `anyOf`; `oneOf` means the same for a grammar and works. */
export function replaceAnyOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(replaceAnyOf);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key === 'anyOf' && Array.isArray(value) ? 'oneOf' : key,
      replaceAnyOf(value),
    ]),
  );
}

export async function openTextModel(llama: Llama, request: LoadRequest, header: GgufHeader): Promise<TextModel> {
  const model = await llama.loadModel({ modelPath: request.path, checkTensors: true });
  try {
    const contextSize = Math.min(header.contextTokens ?? model.trainContextSize, MAX_CONTEXT_TOKENS);
    const context = await model.createContext({ contextSize, sequences: 1, threads: request.threads });
    return new TextModel(llama, model, context, header);
  } catch (error) {
    await model.dispose();
    throw error;
  }
}
