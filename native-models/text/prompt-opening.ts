import type { ChatHistoryItem, ChatWrapper, LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';

/** Tokens between two looks at the signal; always the same, so that the sums are too. */
const PIECE_TOKENS = 256;

/**
 * Tokens of a prompt up to its last line, which is where jobs of one brief differ. A function of the job alone: the opening is
 * evaluated apart from the rest whether it is kept from the job before or not, because sums over batches of other lengths round
 * differently and would change the answer.
 */
export function listOpening(model: LlamaModel, format: ChatWrapper, system: string, user: string): Token[] {
  const end = user.lastIndexOf('\n') + 1;
  if (end === 0) return [];
  const whole = tokenize(model, format, system, user);
  const opening = tokenize(model, format, system, user.slice(0, end));
  const differs = whole.findIndex((token, place) => token !== opening[place]);
  return whole.slice(0, Math.max(differs, 0));
}

/** Leaves exactly these tokens in the sequence: as they are where it begins with them, else anew. */
export async function evaluateOpening(
  sequence: LlamaContextSequence,
  opening: readonly Token[],
  signal: AbortSignal,
): Promise<void> {
  const held = sequence.contextTokens;
  if (opening.length > 0 && opening.every((token, place) => token === held[place])) {
    await sequence.eraseContextTokenRanges([{ start: opening.length, end: sequence.nextTokenIndex }]);
    // Networks with a running state may have to forget more than was asked for.
    if (sequence.nextTokenIndex === opening.length) return;
  }
  await sequence.clearHistory();
  for (let start = 0; start < opening.length; start += PIECE_TOKENS) {
    signal.throwIfAborted();
    await sequence.evaluateWithoutGeneratingNewTokens(opening.slice(start, start + PIECE_TOKENS));
  }
}

function tokenize(model: LlamaModel, format: ChatWrapper, system: string, user: string): Token[] {
  const history: ChatHistoryItem[] = [
    { type: 'system', text: system },
    { type: 'user', text: user },
    { type: 'model', response: [] },
  ];
  return format.generateContextState({ chatHistory: history }).contextText.tokenize(model.tokenizer);
}
