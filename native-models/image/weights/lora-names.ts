import { normalisePath } from './weight-slots.ts';
import type { Component } from './original-names.ts';

export type LoraPart = 'down' | 'up' | 'mid' | 'alpha';

/** One tensor's name, taken apart. */
export type LoraName = {
  /** Null where the name does not say which network it belongs to. */
  readonly component: Component | null;
  /** The module's path with dots, or with underlines for `isFlat`. */
  readonly module: string;
  readonly isFlat: boolean;
  readonly part: LoraPart;
};

/** Adapters of other kinds than a pair of matrices, by a piece of their tensors' names. */
const OTHER_KINDS: readonly (readonly [RegExp, string])[] = [
  [/\.hada_/, 'a LoHa'],
  [/\.lokr_/, 'a LoKr'],
  [/\.dora_scale$|\.lora_magnitude_vector/, 'a DoRA'],
  [/\.oft_|\.oft_blocks/, 'an OFT adapter'],
  [/\.(?:a1|a2|b1|b2)\.weight$/, 'a GLoRA'],
  [/\.diff(?:_b)?$/, 'a difference of whole weights'],
  [/\.on_input$|\.ia3_/, 'an IA3 adapter'],
  [/lora_embedding_[AB]/, 'an adapter of embeddings'],
];

/** What a file with this tensor is, when it is no LoRA. */
export function nameOtherKind(tensor: string): string | null {
  return OTHER_KINDS.find(([pattern]) => pattern.test(tensor))?.[1] ?? null;
}

const FLAT_PREFIXES: readonly (readonly [string, Component])[] = [
  ['lora_unet_', 'unet'],
  ['lora_te1_', 'text_encoder'],
  ['lora_te2_', 'text_encoder_2'],
  ['lora_te_', 'text_encoder'],
];
const DOTTED_PREFIXES: readonly (readonly [string, Component])[] = [
  ['unet.', 'unet'],
  ['text_encoder.', 'text_encoder'],
  ['text_encoder_2.', 'text_encoder_2'],
];
const ENDS: readonly (readonly [RegExp, LoraPart])[] = [
  [/\.lora_A(?:\.[\w-]+)?\.weight$|\.(?:lora|lora_linear_layer)\.down\.weight$|\.lora_down\.weight$/, 'down'],
  [/\.lora_B(?:\.[\w-]+)?\.weight$|\.(?:lora|lora_linear_layer)\.up\.weight$|\.lora_up\.weight$/, 'up'],
  [/\.lora_mid\.weight$/, 'mid'],
  [/\.alpha$/, 'alpha'],
];
const OLD_END = /(?:\.processor)?\.to_(q|k|v|out)_lora\.(down|up)\.weight$/;

/** Takes the name of a LoRA's tensor apart, in the spelling of kohya, PEFT or old diffusers; null for any other name. */
export function parseLoraName(tensor: string): LoraName | null {
  for (const [prefix, component] of FLAT_PREFIXES) {
    if (!tensor.startsWith(prefix)) continue;
    const split = splitEnd(tensor.slice(prefix.length));
    return split === null ? null : { component, ...split, isFlat: !split.module.includes('.') };
  }
  let rest = tensor.replace(/^base_model\.model\./, '');
  const known = DOTTED_PREFIXES.find(([prefix]) => rest.startsWith(prefix));
  if (known !== undefined) rest = rest.slice(known[0].length).replace(/^base_model\.model\./, '');
  const component = known?.[1] ?? null;
  const old = OLD_END.exec(rest);
  if (old !== null) {
    const stem = rest.slice(0, old.index);
    const isText = stem.includes('self_attn');
    const end =
      old[1] === 'out'
        ? isText
          ? 'out_proj'
          : 'to_out.0'
        : `${isText ? '' : 'to_'}${old[1] ?? ''}${isText ? '_proj' : ''}`;
    return { component, module: `${stem}.${end}`, isFlat: false, part: old[2] === 'up' ? 'up' : 'down' };
  }
  const split = splitEnd(rest);
  return split === null ? null : { component, ...split, isFlat: false };
}

function splitEnd(name: string): { module: string; part: LoraPart } | null {
  for (const [end, part] of ENDS) {
    const found = end.exec(name);
    if (found !== null && found.index > 0) return { module: name.slice(0, found.index), part };
  }
  return null;
}

/** A module's path as kohya's trainer writes it. Text encoders stand below `text_model`. */
export function flattenPath(component: Component, path: string): string {
  const isText = component.startsWith('text') && !path.startsWith('text_projection');
  return `${isText ? 'text_model.' : ''}${path}`.replaceAll('.', '_');
}

/** Which network a dotted path without a prefix belongs to. */
export function guessComponent(path: string): Component {
  return normalisePath('unet', path) === null ? 'text_encoder' : 'unet';
}
