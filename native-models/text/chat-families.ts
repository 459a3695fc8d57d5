/**
 * The prompt of one turn, as the makers of a family train it. `{system}` and `{user}` are the texts; everything else is marks.
 * A family without a turn for the system has `{system}` inside the user's.
 */
export type ChatFamily = {
  readonly name: string;
  /** What precedes all turns beside the token for the beginning, which the vocabulary asks for or not. */
  readonly opening?: string;
  readonly system: string;
  readonly user: string;
  readonly answer: string;
  /** Marks that end an answer beside the vocabulary's own end. */
  readonly stops: readonly string[];
  readonly thinking?: {
    readonly start: string;
    readonly end: string;
    /** Written after `answer` where the model is not to think: the thinking has ended already. */
    readonly ended: string;
    /** Written after `answer` where it thinks: families that begin to think without writing the mark. */
    readonly begun?: string;
  };
};

const THOUGHT = { start: '<think>', end: '</think>', ended: '<think>\n\n</think>\n\n' };

const chatMl: ChatFamily = {
  name: 'ChatML',
  system: '<|im_start|>system\n{system}<|im_end|>\n',
  user: '<|im_start|>user\n{user}<|im_end|>\n',
  answer: '<|im_start|>assistant\n',
  stops: ['<|im_end|>'],
};
const phi3: ChatFamily = {
  name: 'Phi-3',
  system: '<|system|>\n{system}<|end|>\n',
  user: '<|user|>\n{user}<|end|>\n',
  answer: '<|assistant|>\n',
  stops: ['<|end|>'],
};
const glm4: ChatFamily = {
  name: 'GLM-4',
  opening: '[gMASK]<sop>',
  system: '<|system|>\n{system}',
  user: '<|user|>\n{user}',
  answer: '<|assistant|>\n',
  stops: ['<|user|>', '<|observation|>'],
};
const deepSeek: ChatFamily = {
  name: 'DeepSeek',
  system: '{system}',
  user: '<｜User｜>{user}',
  answer: '<｜Assistant｜>',
  stops: ['<｜end▁of▁sentence｜>'],
};
const commandR: ChatFamily = {
  name: 'Command-R',
  system: '<|START_OF_TURN_TOKEN|><|SYSTEM_TOKEN|>{system}<|END_OF_TURN_TOKEN|>',
  user: '<|START_OF_TURN_TOKEN|><|USER_TOKEN|>{user}<|END_OF_TURN_TOKEN|>',
  answer: '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>',
  stops: ['<|END_OF_TURN_TOKEN|>'],
};

export const chatFamilies = {
  'gpt-oss': {
    name: 'gpt-oss',
    opening:
      '<|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.\nKnowledge cutoff: 2024-06\n\nReasoning: low\n\n# Valid channels: analysis, commentary, final. Channel must be included for every message.<|end|>',
    system: '<|start|>developer<|message|># Instructions\n\n{system}<|end|>',
    user: '<|start|>user<|message|>{user}<|end|>',
    // The channel of the answer is named, so that nothing of its reasoning can stand before it.
    answer: '<|start|>assistant<|channel|>final<|message|>',
    stops: ['<|return|>', '<|end|>', '<|start|>'],
  },
  'llama-4': {
    name: 'Llama 4',
    system: '<|header_start|>system<|header_end|>\n\n{system}<|eot|>',
    user: '<|header_start|>user<|header_end|>\n\n{user}<|eot|>',
    answer: '<|header_start|>assistant<|header_end|>\n\n',
    stops: ['<|eot|>', '<|eom|>'],
  },
  'llama-3': {
    name: 'Llama 3',
    system: '<|start_header_id|>system<|end_header_id|>\n\n{system}<|eot_id|>',
    user: '<|start_header_id|>user<|end_header_id|>\n\n{user}<|eot_id|>',
    answer: '<|start_header_id|>assistant<|end_header_id|>\n\n',
    stops: ['<|eot_id|>', '<|eom_id|>'],
  },
  'llama-2': {
    name: 'Llama 2',
    system: '<<SYS>>\n{system}\n<</SYS>>\n\n',
    user: '[INST] {system}{user} [/INST]',
    answer: ' ',
    stops: ['</s>', '[INST]'],
  },
  'phi-4': {
    name: 'Phi-4',
    system: '<|im_start|>system<|im_sep|>{system}<|im_end|>',
    user: '<|im_start|>user<|im_sep|>{user}<|im_end|>',
    answer: '<|im_start|>assistant<|im_sep|>',
    stops: ['<|im_end|>'],
  },
  'phi-4-mini': {
    name: 'Phi-4-mini',
    system: '<|system|>{system}<|end|>',
    user: '<|user|>{user}<|end|>',
    answer: '<|assistant|>',
    stops: ['<|end|>'],
  },
  'phi-3': phi3,
  zephyr: {
    name: 'Zephyr',
    system: '<|system|>\n{system}</s>\n',
    user: '<|user|>\n{user}</s>\n',
    answer: '<|assistant|>\n',
    stops: ['</s>', '<|user|>'],
  },
  'mistral-v1': {
    name: 'Mistral v1',
    system: '{system}\n\n',
    user: '[INST] {system}{user} [/INST]',
    answer: '',
    stops: ['</s>', '[INST]'],
  },
  'mistral-v3': {
    name: 'Mistral v3',
    system: '{system}\n\n',
    user: '[INST] {system}{user}[/INST]',
    answer: '',
    stops: ['</s>', '[INST]'],
  },
  'mistral-v3-tekken': {
    name: 'Mistral v3 (Tekken)',
    system: '{system}\n\n',
    user: '[INST]{system}{user}[/INST]',
    answer: '',
    stops: ['</s>', '[INST]'],
  },
  'mistral-v7': {
    name: 'Mistral v7',
    system: '[SYSTEM_PROMPT] {system}[/SYSTEM_PROMPT]',
    user: '[INST] {user}[/INST]',
    answer: '',
    stops: ['</s>', '[INST]'],
  },
  'mistral-v7-tekken': {
    name: 'Mistral v7 (Tekken)',
    system: '[SYSTEM_PROMPT]{system}[/SYSTEM_PROMPT]',
    user: '[INST]{user}[/INST]',
    answer: '',
    stops: ['</s>', '[INST]'],
  },
  gemma: {
    name: 'Gemma',
    system: '{system}\n\n',
    user: '<start_of_turn>user\n{system}{user}<end_of_turn>\n',
    answer: '<start_of_turn>model\n',
    stops: ['<end_of_turn>'],
  },
  'command-r': commandR,
  'command-r7b': {
    ...commandR,
    name: 'Command R7B',
    answer: '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_RESPONSE|>',
    stops: ['<|END_RESPONSE|>', '<|END_OF_TURN_TOKEN|>'],
  },
  granite: {
    name: 'Granite',
    system: '<|start_of_role|>system<|end_of_role|>{system}<|end_of_text|>\n',
    user: '<|start_of_role|>user<|end_of_role|>{user}<|end_of_text|>\n',
    answer: '<|start_of_role|>assistant<|end_of_role|>',
    stops: ['<|end_of_text|>', '<|start_of_role|>'],
  },
  'glm-4': glm4,
  'glm-4.5': {
    ...glm4,
    name: 'GLM-4.5',
    answer: '<|assistant|>',
    thinking: { start: '<think>', end: '</think>', ended: '\n<think></think>\n' },
  },
  deepseek: deepSeek,
  'deepseek-r1': { ...deepSeek, name: 'DeepSeek R1', thinking: { ...THOUGHT, begun: '<think>\n' } },
  'deepseek-v3.1': {
    ...deepSeek,
    name: 'DeepSeek V3.1',
    thinking: { start: '<think>', end: '</think>', ended: '</think>', begun: '<think>' },
  },
  'deepseek-v2': {
    name: 'DeepSeek V2',
    system: '{system}\n\n',
    user: 'User: {user}\n\n',
    answer: 'Assistant:',
    stops: ['<｜end▁of▁sentence｜>', '\n\nUser:'],
  },
  'qwen-3': { ...chatMl, name: 'Qwen 3', thinking: THOUGHT },
  chatml: chatMl,
  plain: {
    name: 'plain',
    system: '{system}\n\n',
    user: '### Instruction:\n{user}\n\n',
    answer: '### Answer:\n',
    stops: ['\n### '],
  },
} as const satisfies Record<string, ChatFamily>;
export type ChatFamilyName = keyof typeof chatFamilies;

type Rule = readonly [family: ChatFamilyName, isMet: (template: string) => boolean];
const has =
  (...marks: readonly string[]) =>
  (template: string): boolean =>
    marks.every((mark) => template.includes(mark));

/** From the mark that one family alone has to those that many share; the first that is met decides. */
const rules: readonly Rule[] = [
  ['gpt-oss', has('<|start|>', '<|channel|>')],
  ['llama-4', has('<|header_start|>')],
  ['llama-3', has('<|start_header_id|>')],
  ['granite', has('<|start_of_role|>')],
  ['command-r7b', has('<|START_OF_TURN_TOKEN|>', '<|START_RESPONSE|>')],
  ['command-r', has('<|START_OF_TURN_TOKEN|>')],
  ['gemma', has('<start_of_turn>')],
  ['glm-4.5', has('[gMASK]', '<think>')],
  ['glm-4', has('[gMASK]')],
  ['deepseek-v3.1', has('<｜User｜>', '</think>', 'thinking')],
  ['deepseek-r1', has('<｜User｜>', '<think>')],
  ['deepseek', has('<｜User｜>')],
  ['phi-4', has('<|im_sep|>')],
  ['qwen-3', has('<|im_start|>', '<think>')],
  ['chatml', has('<|im_start|>')],
  ['phi-4-mini', (text) => text.includes('<|end|>') && /\|>'\s*\+\s*\w+\[/.test(text)],
  ['phi-3', (text) => text.includes('<|end|>') && text.includes('<|assistant|>')],
  ['zephyr', has('<|user|>', '<|assistant|>')],
  ['mistral-v7', has('[SYSTEM_PROMPT] ')],
  ['mistral-v7-tekken', has('[SYSTEM_PROMPT]')],
  ['llama-2', has('[INST]', '<<SYS>>')],
  ['mistral-v1', has('[INST] ', ' [/INST]')],
  ['mistral-v3', has('[INST] ')],
  ['mistral-v3-tekken', has('[INST]')],
  ['deepseek-v2', has('User: ', 'Assistant:')],
];

/** The family whose marks stand in a template's text, or in `marks` where the file has no template. Templates are programs and are never run. */
export function recogniseFamily(template: string | null, marks: ReadonlySet<string>): ChatFamilyName {
  const text = template ?? [...marks].join(' ');
  return rules.find(([, isMet]) => isMet(text))?.[0] ?? 'plain';
}
