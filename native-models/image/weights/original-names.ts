/** The parts of a pipeline that hold weights, by the names of their folders. */
export type Component = 'unet' | 'text_encoder' | 'text_encoder_2' | 'vae_decoder' | 'vae_encoder';

const RESNET: Readonly<Record<string, string>> = {
  norm1: 'in_layers.0',
  conv1: 'in_layers.2',
  time_emb_proj: 'emb_layers.1',
  norm2: 'out_layers.0',
  conv2: 'out_layers.3',
  conv_shortcut: 'skip_connection',
};
const UNET_ENDS: Readonly<Record<string, string>> = {
  conv_in: 'input_blocks.0.0',
  'time_embedding.linear_1': 'time_embed.0',
  'time_embedding.linear_2': 'time_embed.2',
  'add_embedding.linear_1': 'label_emb.0.0',
  'add_embedding.linear_2': 'label_emb.0.2',
  conv_norm_out: 'out.0',
  conv_out: 'out.2',
};

/**
 * How the original code of Stable Diffusion called a module of the UNet. How many layers a block has is read off the modules that there
 * are, so the same rule serves every family: blocks are numbered through, a block's resnet is its part 0, its attention part 1, and the
 * sampler comes last. Null for a module that the original did not have.
 */
export function nameOriginalUnetModule(path: string, modules: ReadonlySet<string>): string | null {
  const end = UNET_ENDS[path];
  if (end !== undefined) return end;
  const found =
    /^(down_blocks|mid_block|up_blocks)(?:\.(\d+))?\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.+)$/.exec(
      path,
    );
  if (found === null) return null;
  const [, place, blockText, kind, layerText, rest = ''] = found;
  const [block, layer] = [Number(blockText ?? 0), Number(layerText)];
  const inner = kind === 'resnets' ? RESNET[rest] : rest;
  if (inner === undefined) return null;
  if (place === 'mid_block') return `middle_block.${kind === 'attentions' ? layer * 2 + 1 : layer * 2}.${inner}`;
  const layers = countLayers(modules, place === 'down_blocks' ? 'down_blocks.0.resnets' : 'up_blocks.0.resnets');
  if (place === 'down_blocks') {
    const first = 1 + block * (layers + 1);
    if (kind === 'downsamplers') return `input_blocks.${first + layers}.0.op`;
    return `input_blocks.${first + layer}.${kind === 'attentions' ? 1 : 0}.${inner}`;
  }
  if (kind === 'upsamplers') {
    const part = hasModuleUnder(modules, `up_blocks.${block}.attentions.`) ? 2 : 1;
    return `output_blocks.${block * layers + layers - 1}.${part}.conv`;
  }
  return `output_blocks.${block * layers + layer}.${kind === 'attentions' ? 1 : 0}.${inner}`;
}

/** How many layers a list of them has, by the modules in it; 0 where none is known. */
export function countLayers(modules: ReadonlySet<string>, list: string): number {
  let layers = 0;
  for (const path of modules) {
    const layer = path.startsWith(`${list}.`) ? /^(\d+)\./.exec(path.slice(list.length + 1))?.[1] : undefined;
    if (layer !== undefined) layers = Math.max(layers, Number(layer) + 1);
  }
  return layers;
}

function hasModuleUnder(modules: ReadonlySet<string>, stem: string): boolean {
  for (const path of modules) if (path.startsWith(stem)) return true;
  return false;
}
