import {
  ChatMLChatWrapper,
  type ChatWrapper,
  GemmaChatWrapper,
  GeneralChatWrapper,
  HarmonyChatWrapper,
  Llama3_1ChatWrapper,
  MistralChatWrapper,
} from 'node-llama-cpp';
import type { GgufHeader } from './gguf-header.ts';

/**
 * The chat format by what the vocabulary holds. Templates inside model files are programs and are never run, so a model whose marks
 * are not known gets the plain format.
 */
export function chooseChatFormat(header: GgufHeader): ChatWrapper {
  const has = (mark: string) => header.chatMarks.has(mark);
  if (has('<|im_start|>')) return new ChatMLChatWrapper();
  if (has('<|start_header_id|>')) return new Llama3_1ChatWrapper();
  if (has('<start_of_turn>')) return new GemmaChatWrapper();
  if (header.architecture === 'gpt-oss') return new HarmonyChatWrapper();
  if (has('[INST]') || header.architecture.startsWith('mistral')) return new MistralChatWrapper();
  return new GeneralChatWrapper();
}
