import type { ClipTokenizer } from '../clip-tokenizer.ts';
import type { NetworkInput, OnnxNetwork } from '../onnx-network.ts';
import { readWeights } from './prompt-weights.ts';

/** A text encoder and the tokenizer that belongs to it. */
export type TextReader = { readonly tokenizer: ClipTokenizer; readonly network: OnnxNetwork };

/** Rows of ids as the encoder takes them, and one weight per id. */
export type PromptRows = { readonly ids: readonly number[][]; readonly weights: readonly number[][] };

/** Cuts a prompt into rows of the encoder's length, each with both marks, and fills up to `minRows`. What goes beyond `maxRows` is cut. */
export function cutIntoRows(tokenizer: ClipTokenizer, prompt: string, minRows: number, maxRows: number): PromptRows {
  const tokens: number[] = [];
  const tokenWeights: number[] = [];
  for (const { text, weight } of readWeights(prompt)) {
    for (const id of tokenizer.tokenize(text)) {
      tokens.push(id);
      tokenWeights.push(weight);
    }
  }
  const room = tokenizer.maxTokens - 2;
  const rows = Math.min(Math.max(Math.ceil(tokens.length / room), minRows, 1), maxRows);
  const ids: number[][] = [];
  const weights: number[][] = [];
  for (let row = 0; row < rows; row += 1) {
    ids.push(tokenizer.frame(tokens.slice(row * room, (row + 1) * room)));
    const inner = tokenWeights.slice(row * room, (row + 1) * room);
    weights.push([1, ...inner, ...Array.from({ length: tokenizer.maxTokens - 1 - inner.length }, () => 1)]);
  }
  return { ids, weights };
}

/** Rows that a denoiser can take: as many as wanted where its graph leaves the number of tokens open. */
export function findMaxRows(denoiser: OnnxNetwork, tokenizer: ClipTokenizer): number {
  const fixed = denoiser.fixedSize('encoder_hidden_states', 1);
  return fixed === null ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(fixed / tokenizer.maxTokens));
}

/** Puts the states of all rows behind each other, [1, rows * tokens, width], and applies the weights. */
export function joinRows(states: readonly NetworkInput[], { weights }: PromptRows): NetworkInput {
  const [tokens, width] = [states[0]?.dims[1] ?? 0, states[0]?.dims[2] ?? 0];
  const data = new Float32Array(states.length * tokens * width);
  for (const [row, state] of states.entries()) data.set(state.data, row * tokens * width);
  applyWeights(data, weights.flat(), width);
  return { data, dims: [1, states.length * tokens, width] };
}

/** Multiplies states by their weights and brings the mean back to where it was, so that emphasis does not change how loud the prompt is. */
function applyWeights(data: Float32Array, weights: readonly number[], width: number): void {
  if (weights.every((weight) => weight === 1)) return;
  const before = sum(data);
  for (let place = 0; place < data.length; place += 1)
    data[place] = (data[place] ?? 0) * (weights[Math.floor(place / width)] ?? 1);
  const after = sum(data);
  if (after === 0) return;
  for (let place = 0; place < data.length; place += 1) data[place] = (data[place] ?? 0) * (before / after);
}

function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Joins the states of several encoders along their width. All have the same number of tokens. */
export function joinWidths(states: readonly NetworkInput[]): NetworkInput {
  const tokens = states[0]?.dims[1] ?? 0;
  const widths = states.map(({ dims }) => dims[2] ?? 0);
  const width = widths.reduce((total, one) => total + one, 0);
  const data = new Float32Array(tokens * width);
  let offset = 0;
  for (const [index, state] of states.entries()) {
    const own = widths[index] ?? 0;
    for (let token = 0; token < tokens; token += 1)
      for (let place = 0; place < own; place += 1)
        data[token * width + offset + place] = state.data[token * own + place] ?? 0;
    offset += own;
  }
  return { data, dims: [1, tokens, width] };
}
