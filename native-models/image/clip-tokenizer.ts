import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { StudioError } from '../../electron/contract/errors.ts';

/** A mark that is looked for after lowering (`normalized`) is found in capitals too. */
const markSchema = z.object({ content: z.string(), normalized: z.boolean().optional() });
const specialTokenSchema = z.union([z.string(), markSchema.transform((token) => token.content)]);
const tokenizerConfigSchema = z.object({
  model_max_length: z.number().optional(),
  added_tokens_decoder: z.record(z.string(), markSchema).optional(),
  bos_token: specialTokenSchema.nullish(),
  eos_token: specialTokenSchema.nullish(),
  pad_token: specialTokenSchema.nullish(),
});

/** Words, single digits and runs of other signs, as CLIP cuts them. `\s` would count U+FEFF as a space and U+0085 as none. */
const WORDS = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\p{White_Space}\p{L}\p{N}]+`;
const MARKS_AND_WORDS = String.raw`<\|startoftext\|>|<\|endoftext\|>|${WORDS}`;
const WORD_END = '</w>';
/** CLIP's own, where the configuration does not say. */
const USUAL_LENGTH = 77;

export type ClipTokenizer = {
  /** Length of every row of ids. */
  readonly maxTokens: number;
  /** The ids of a text, without marks, padding or cut. */
  tokenize(text: string): number[];
  /** One row for the network: start mark, up to `maxTokens - 2` ids, end mark, then padding. */
  frame(ids: readonly number[]): number[];
};

type TokenizerFolder = { readonly model: string; readonly path: string; readonly part: string };

/** Reads vocab.json and merges.txt, the two files that every CLIP folder has, and says which one is missing or damaged. */
export async function readClipTokenizer(
  model: string,
  modelFolder: string,
  part = 'tokenizer',
): Promise<ClipTokenizer> {
  const folder: TokenizerFolder = { model, path: join(modelFolder, part), part };
  const vocabulary = await readJson(folder, 'vocab.json', z.record(z.string(), z.int().nonnegative()));
  const merges = await readMerges(folder);
  const config = await readJson(folder, 'tokenizer_config.json', tokenizerConfigSchema).catch((error: unknown) => {
    if (error instanceof StudioError && error.code === 'model.fileMissing') return tokenizerConfigSchema.parse({});
    throw error;
  });
  // Padding differs between families (SD 1 pads with the end mark, SD 2 with "!"), so the files decide.
  const specials = await readJson(folder, 'special_tokens_map.json', tokenizerConfigSchema).catch(() => null);
  const start = config.bos_token ?? specials?.bos_token ?? '<|startoftext|>';
  const end = config.eos_token ?? specials?.eos_token ?? '<|endoftext|>';
  const padding = config.pad_token ?? specials?.pad_token ?? end;
  const idOf = (token: string): number => {
    const id = vocabulary[token];
    if (id === undefined) throw damaged(folder, 'vocab.json', `the token ${token} is not in it`);
    return id;
  };
  const [startId, endId, paddingId] = [idOf(start), idOf(end), idOf(padding)];
  const isLowered = (content: string): boolean =>
    Object.values(config.added_tokens_decoder ?? {}).some((mark) => mark.content === content && mark.normalized);
  const marks = [...new Set([start, end])];
  const exactMarks = marks.filter((mark) => !isLowered(mark));
  const tokenizer = new Tokenizer(describeTokenizer(vocabulary, merges, marks.filter(isLowered), end), {});
  const maxTokens = Math.min(config.model_max_length ?? USUAL_LENGTH, 1024);
  return {
    maxTokens,
    tokenize: (text) =>
      cutOutMarks(text, exactMarks).flatMap((part) =>
        exactMarks.includes(part) ? [idOf(part)] : [...tokenizer.encode(part, { add_special_tokens: false }).ids],
      ),
    frame(ids) {
      if (ids.length > maxTokens - 2) throw new RangeError(`a row holds ${maxTokens - 2} tokens, not ${ids.length}`);
      const row = [startId, ...ids, endId];
      return [...row, ...Array.from({ length: maxTokens - row.length }, () => paddingId)];
    },
  };
}

/** The marks that a text holds letter by letter and what lies between. The tokenizer itself would take a lowered text for a mark. */
function cutOutMarks(text: string, marks: readonly string[]): string[] {
  let parts = [text];
  for (const mark of marks)
    parts = parts.flatMap((part) =>
      marks.includes(part)
        ? [part]
        : part.split(mark).flatMap((piece, index) => (index === 0 ? [piece] : [mark, piece])),
    );
  return parts.filter((part) => part !== '');
}

/** The tokenizer.json that the two older files stand for. */
function describeTokenizer(
  vocabulary: Record<string, number>,
  merges: readonly string[],
  loweredMarks: readonly string[],
  unknown: string,
): object {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: loweredMarks.map((content) => ({
      id: vocabulary[content],
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: true,
      special: true,
    })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: String.raw`\p{White_Space}+` }, content: ' ' },
        // The reference lowers letter by letter; JavaScript would make a final sigma of the last one of a word.
        { type: 'Replace', pattern: { String: 'Σ' }, content: 'σ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: MARKS_AND_WORDS }, behavior: 'Removed', invert: true },
        // A second time: a mark whose capitals were lowered is a word between signs, and cut off from its neighbours.
        { type: 'Split', pattern: { Regex: WORDS }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown,
      continuing_subword_prefix: '',
      end_of_word_suffix: WORD_END,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: vocabulary,
      merges,
    },
  };
}

async function readMerges(folder: TokenizerFolder): Promise<string[]> {
  const text = await readText(folder, 'merges.txt');
  const lines = text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#version'));
  const wrong = lines.findIndex((line) => line.split(' ').length !== 2);
  if (wrong >= 0) throw damaged(folder, 'merges.txt', `merge ${wrong + 1} is not two pieces`);
  return lines;
}

async function readJson<T>(folder: TokenizerFolder, file: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(folder, file);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw damaged(folder, file, 'it does not hold what it should');
  }
}

async function readText({ model, path, part }: TokenizerFolder, file: string): Promise<string> {
  try {
    return await readFile(join(path, file), 'utf8');
  } catch {
    throw new StudioError('model.fileMissing', `The model "${model}" lacks ${part}/${file}.`, {
      model,
      file: `${part}/${file}`,
    });
  }
}

function damaged({ model, part }: TokenizerFolder, file: string, reason: string): StudioError {
  return new StudioError('model.damaged', `${part}/${file} of the model "${model}" cannot be used: ${reason}.`, {
    model,
    file: `${part}/${file}`,
    reason,
  });
}
