import {
  ChatWrapper,
  LlamaText,
  SpecialToken,
  SpecialTokensText,
  type ChatWrapperGenerateContextStateOptions,
  type ChatWrapperGeneratedContextState,
} from 'node-llama-cpp';
import { chatFamilies, recogniseFamily, type ChatFamily } from './chat-families.ts';
import type { GgufHeader } from './gguf-header.ts';

/** A stretch of a prompt: marks that the vocabulary reads as such, or text that it must not. */
export type PromptPiece = { readonly kind: 'marks' | 'text'; readonly text: string };
export type Turn = { readonly system: string; readonly user: string };

const MARK =
  /<[|｜][^|｜\s]{1,40}[|｜]>|<\/?(?:s|sop|think|start_of_turn|end_of_turn)>|<<\/?SYS>>|\[\/?[A-Za-z_]{3,20}\]/gu;

/** The prompt of one turn in a family's format. With `isThinking` the model thinks before it answers, where its family does. */
export function layOutTurn(family: ChatFamily, { system, user }: Turn, isThinking: boolean): PromptPiece[] {
  const systemPart = system === '' ? '' : family.system;
  const isInside = family.user.includes('{system}');
  const layout = [
    family.opening ?? '',
    isInside ? family.user.replace('{system}', () => systemPart) : systemPart + family.user,
    family.answer,
    (isThinking ? family.thinking?.begun : family.thinking?.ended) ?? '',
  ].join('');
  return layout
    .split(/(\{(?:system|user)\})/)
    .filter((part) => part !== '')
    .map((part): PromptPiece => {
      if (part === '{system}') return { kind: 'text', text: breakMarks(system) };
      if (part === '{user}') return { kind: 'text', text: breakMarks(user) };
      return { kind: 'marks', text: part };
    });
}

/** Marks of a chat inside a text stay text: some families' marks are ordinary letters to their vocabulary. */
function breakMarks(text: string): string {
  return text.replace(MARK, (mark) => `${mark.slice(0, 1)} ${mark.slice(1)}`);
}

/** One turn in the format of a family; `startsWithBos` writes the token for the beginning once. */
export class FamilyFormat extends ChatWrapper {
  override readonly wrapperName: string;
  override readonly settings;
  readonly #family: ChatFamily;
  readonly #startsWithBos: boolean;
  readonly #isThinking: boolean;

  constructor(family: ChatFamily, { startsWithBos, isThinking }: { startsWithBos: boolean; isThinking: boolean }) {
    super();
    this.wrapperName = family.name;
    this.#family = family;
    this.#startsWithBos = startsWithBos;
    this.#isThinking = isThinking;
    const { thinking } = family;
    this.settings = {
      ...ChatWrapper.defaultSettings,
      ...(thinking && {
        segments: {
          thought: {
            prefix: LlamaText(new SpecialTokensText(thinking.start)),
            suffix: LlamaText(new SpecialTokensText(thinking.end)),
            ...(isThinking && thinking.begun !== undefined && { openOnResponseStart: true }),
          },
        },
      }),
    };
  }

  override generateContextState({
    chatHistory,
  }: ChatWrapperGenerateContextStateOptions): ChatWrapperGeneratedContextState {
    let [system, user] = ['', ''];
    let answer = LlamaText([]);
    for (const item of chatHistory) {
      if (item.type === 'system') system = LlamaText.fromJSON(item.text).toString();
      else if (item.type === 'user') user = item.text;
      else answer = this.generateModelResponseText(item.response);
    }
    const pieces = layOutTurn(this.#family, { system, user }, this.#isThinking);
    return {
      contextText: LlamaText(
        this.#startsWithBos ? new SpecialToken('BOS') : '',
        pieces.map(({ kind, text }) => (kind === 'marks' ? new SpecialTokensText(text) : text)),
        answer,
      ),
      stopGenerationTriggers: [
        LlamaText(new SpecialToken('EOS')),
        ...this.#family.stops.flatMap((stop) => [LlamaText(new SpecialTokensText(stop)), LlamaText(stop)]),
      ],
    };
  }
}

export type ChatFormats = {
  /** The answer comes at once. */
  readonly direct: FamilyFormat;
  /** A model that thinks may do so first; what it thinks stands apart from the answer. */
  readonly thinking: FamilyFormat;
};

/**
 * The chat format by the template's text, or by the vocabulary where there is none. `asksForBos` is whether the vocabulary wants its token for the beginning;
 * a template that names it wants it too.
 */
export function chooseChatFormats(
  { chatTemplate, chatMarks }: Pick<GgufHeader, 'chatTemplate' | 'chatMarks'>,
  asksForBos: boolean,
): ChatFormats {
  const family: ChatFamily = chatFamilies[recogniseFamily(chatTemplate, chatMarks)];
  // Those with an opening have their beginning in it.
  const startsWithBos = family.opening === undefined && (asksForBos || (chatTemplate?.includes('bos_token') ?? false));
  return {
    direct: new FamilyFormat(family, { startsWithBos, isThinking: false }),
    thinking: new FamilyFormat(family, { startsWithBos, isThinking: true }),
  };
}
