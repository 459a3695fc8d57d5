/** How the original code called a module of the autoencoder, whose decoder counted its blocks from the other end. */
export function nameOriginalVaeModule(path: string, modules: ReadonlySet<string>): string {
  const blocks = new Set<string>();
  for (const module of modules) {
    const block = /^decoder\.up_blocks\.(\d+)\./.exec(module)?.[1];
    if (block !== undefined) blocks.add(block);
  }
  return path
    .replace(/\bdown_blocks\.(\d+)\.resnets\./, 'down.$1.block.')
    .replace(/\bdown_blocks\.(\d+)\.downsamplers\.0\./, 'down.$1.downsample.')
    .replace(/\bup_blocks\.(\d+)\.resnets\./, (_, block) => `up.${blocks.size - 1 - Number(block)}.block.`)
    .replace(/\bup_blocks\.(\d+)\.upsamplers\.0\./, (_, block) => `up.${blocks.size - 1 - Number(block)}.upsample.`)
    .replace(/\bmid_block\.resnets\.(\d+)/, (_, layer) => `mid.block_${Number(layer) + 1}`)
    .replace('mid_block.attentions.0', 'mid.attn_1')
    .replace('conv_shortcut', 'nin_shortcut')
    .replace('conv_norm_out', 'norm_out')
    .replace(/\bgroup_norm\b/, 'norm')
    .replace(/\bto_([qkv])\b/, '$1')
    .replace('to_out.0', 'proj_out');
}
