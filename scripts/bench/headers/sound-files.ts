/** A safetensors file with one LoRA pair of each part that the reader knows. */
export function buildSafetensors(): Buffer {
  const tensors: [string, number[]][] = [
    ['lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight', [2, 8, 1, 1]],
    ['lora_unet_down_blocks_0_attentions_0_proj_in.lora_up.weight', [8, 2, 1, 1]],
    ['lora_unet_down_blocks_0_attentions_0_proj_in.alpha', []],
    ['unet.mid_block.attentions.0.proj_in.lora_A.weight', [2, 8]],
    ['unet.mid_block.attentions.0.proj_in.lora_B.weight', [8, 2]],
  ];
  let offset = 0;
  const entries: Record<string, unknown> = {
    __metadata__: { lora_adapter_metadata: '{"unet.lora_alpha": 4, "unet.alpha_pattern": {"proj_in": 2}}' },
  };
  for (const [name, shape] of tensors) {
    const sizeBytes = 4 * shape.reduce((product, edge) => product * edge, 1);
    entries[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + sizeBytes] };
    offset += sizeBytes;
  }
  const header = Buffer.from(JSON.stringify(entries));
  return Buffer.concat([encodeU64(header.length), header, Buffer.alloc(offset, 0x3c)]);
}

/** A GGUF file with values of several types, a small vocabulary and two tensors. Layout from the GGUF specification. */
export function buildGguf(): Buffer {
  const text = (value: string) => Buffer.concat([encodeU64(Buffer.byteLength(value)), Buffer.from(value)]);
  const keys: [string, number, Buffer][] = [
    ['general.architecture', 8, text('llama')],
    ['general.name', 8, text('small')],
    ['general.alignment', 4, encodeU32(32)],
    ['llama.context_length', 4, encodeU32(512)],
    [
      'tokenizer.ggml.tokens',
      9,
      Buffer.concat([encodeU32(8), encodeU64(3), text('a'), text('<|im_start|>'), text('b')]),
    ],
    ['tokenizer.ggml.scores', 9, Buffer.concat([encodeU32(6), encodeU64(3), Buffer.alloc(12)])],
  ];
  const tensor = (name: string, offset: number) =>
    Buffer.concat([text(name), encodeU32(2), encodeU64(4), encodeU64(4), encodeU32(0), encodeU64(offset)]);
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    encodeU32(3),
    encodeU64(2),
    encodeU64(keys.length),
    ...keys.flatMap(([key, type, value]) => [text(key), encodeU32(type), value]),
    tensor('token_embd.weight', 0),
    tensor('output.weight', 64),
  ]);
  return Buffer.concat([head, Buffer.alloc(32 - (head.length % 32)), Buffer.alloc(128)]);
}

function encodeU32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function encodeU64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
