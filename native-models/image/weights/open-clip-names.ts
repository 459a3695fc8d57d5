/** A tensor of an OpenCLIP file, with the third of it that is wanted where query, key and value lie in one. */
export type OpenClipName = { readonly name: string; readonly third: 0 | 1 | 2 | null; readonly isTransposed: boolean };

/** Where OpenCLIP keeps a parameter of the text encoder. */
export function nameOpenClipParameter(parameter: string): OpenClipName {
  if (parameter === 'text_projection.weight') return whole('text_projection', true);
  if (parameter === 'embeddings.token_embedding.weight') return whole('token_embedding.weight');
  if (parameter === 'embeddings.position_embedding.weight') return whole('positional_embedding');
  const name = parameter
    .replace('final_layer_norm', 'ln_final')
    .replace(/^encoder\.layers\./, 'transformer.resblocks.')
    .replace('layer_norm1', 'ln_1')
    .replace('layer_norm2', 'ln_2')
    .replace('mlp.fc1', 'mlp.c_fc')
    .replace('mlp.fc2', 'mlp.c_proj')
    .replace('self_attn.out_proj', 'attn.out_proj');
  const part = /\.self_attn\.([qkv])_proj\.(weight|bias)$/.exec(name);
  if (part === null) return whole(name);
  const third = part[1] === 'q' ? 0 : part[1] === 'k' ? 1 : 2;
  return { name: name.replace(part[0], `.attn.in_proj_${part[2] ?? ''}`), third, isTransposed: false };
}

function whole(name: string, isTransposed = false): OpenClipName {
  return { name, third: null, isTransposed };
}
