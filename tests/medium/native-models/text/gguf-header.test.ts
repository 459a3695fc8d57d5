import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GgufFault, readGgufHeader } from '../../../../native-models/text/gguf-header.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gguf-'));
});
afterAll(() => rm(folder, { recursive: true }));

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value: number | bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string) => Buffer.concat([u64(Buffer.byteLength(value)), Buffer.from(value)]);

type Parts = {
  magic?: string;
  version?: number;
  tensors?: number | bigint;
  keys?: number | bigint;
  tokens?: string[];
  dims?: number;
  dataBytes?: number;
  tokenCount?: bigint;
};

/** A file with four keys and one tensor of 8 x 4 32-bit floats, layout from the GGUF specification, version 3. */
function buildGguf(parts: Parts = {}): Buffer {
  const tokens = parts.tokens ?? ['a', '<|im_start|>', '<|im_end|>'];
  const header = Buffer.concat([
    Buffer.from(parts.magic ?? 'GGUF'),
    u32(parts.version ?? 3),
    u64(parts.tensors ?? 1),
    u64(parts.keys ?? 4),
    text('general.architecture'),
    u32(8),
    text('llama'),
    text('general.name'),
    u32(8),
    text('housestyle-text'),
    text('llama.context_length'),
    u32(4),
    u32(768),
    text('tokenizer.ggml.tokens'),
    u32(9),
    u32(8),
    u64(parts.tokenCount ?? tokens.length),
    ...tokens.map(text),
    text('token_embd.weight'),
    u32(parts.dims ?? 2),
    u64(8),
    u64(4),
    u32(0),
    u64(0),
  ]);
  const padding = Buffer.alloc(Math.ceil(header.length / 32) * 32 - header.length);
  return Buffer.concat([header, padding, Buffer.alloc(parts.dataBytes ?? 8 * 4 * 4)]);
}

async function read(bytes: Buffer) {
  const path = join(folder, 'model.gguf');
  await writeFile(path, bytes);
  return readGgufHeader(path);
}

describe('readGgufHeader', () => {
  it('reads what the engine needs', async () => {
    const header = await read(buildGguf());
    expect(header).toMatchObject({
      version: 3,
      architecture: 'llama',
      name: 'housestyle-text',
      contextTokens: 768,
      tensors: 1,
    });
    expect([...header.chatMarks]).toEqual(['<|im_start|>', '<|im_end|>']);
  });

  const faults: [string, Buffer, string][] = [
    ['an empty file', Buffer.alloc(0), 'it is empty'],
    ['another kind of file', buildGguf({ magic: 'PK\u0003\u0004' }), 'it is not a GGUF file'],
    ['a version of the future', buildGguf({ version: 9 }), 'version 9'],
    ['tensors cut short', buildGguf({ dataBytes: 100 }), 'cut short'],
    ['a header cut short', buildGguf().subarray(0, 90), 'cut short'],
    ['more keys than any model has', buildGguf({ keys: 2n ** 62n }), 'keys'],
    ['more tensors than any model has', buildGguf({ tensors: 2n ** 40n }), 'tensors'],
    ['a vocabulary longer than the file', buildGguf({ tokenCount: 4_000_000n }), ''],
    ['too many dimensions', buildGguf({ dims: 200 }), 'dimensions'],
  ];
  for (const [name, bytes, reason] of faults) {
    it(`refuses ${name}`, async () => {
      const failure = await read(bytes).then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(GgufFault);
      expect((failure as GgufFault).message).toContain(reason);
    });
  }

  it('answers with a header or a fault for any damage', async () => {
    const sound = buildGguf();
    for (let seed = 1; seed <= 500; seed += 1) {
      const bytes = Buffer.from(sound.subarray(0, 1 + ((seed * 7919) % sound.length)));
      for (let change = 0; change < 4; change += 1)
        bytes[(seed * 104_729 + change * 1_299_709) % bytes.length] = (seed * 31 + change * 97) & 255;
      const failure = await read(bytes).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure !== null) expect(failure).toBeInstanceOf(GgufFault);
    }
  });
});
