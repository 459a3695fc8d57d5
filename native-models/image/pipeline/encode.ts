import type { ImageModel } from '../image-model.ts';
import type { NetworkInput } from '../onnx-network.ts';

export type Conditioning = {
  /** Hidden states of the prompt, [1, tokens, width]. */
  readonly prompt: NetworkInput;
  /** Of the negative prompt; null when the run needs no second opinion. */
  readonly negative: NetworkInput | null;
};

/** First stage: texts to hidden states. `wantsNegative` is false without guidance and for models that have it distilled in. */
export async function encodePrompts(
  model: ImageModel,
  prompt: string,
  negativePrompt: string,
  wantsNegative: boolean,
): Promise<Conditioning> {
  const encode = async (text: string): Promise<NetworkInput> => {
    const ids = model.tokenizer.encode(text);
    return model.textEncoder.run({ input_ids: { data: ids, dims: [1, ids.length] } }, 'last_hidden_state');
  };
  return { prompt: await encode(prompt), negative: wantsNegative ? await encode(negativePrompt) : null };
}
