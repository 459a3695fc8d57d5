import { open } from 'node:fs/promises';

const HEAD_BYTES = 65_536;

/** The first 64 KiB of a file, where the general keys of a GGUF file stand; empty where it cannot be read. */
export async function readGgufHead(path: string): Promise<Buffer> {
  return readHead(path, HEAD_BYTES).catch(() => Buffer.alloc(0));
}

/** One text value from the first 64 KiB of the header, where the general keys stand. Layout from the GGUF specification. */
export async function readGgufText(path: string, wantedKey: string): Promise<string | null> {
  const head = await readGgufHead(path);
  if (head.toString('latin1', 0, 4) !== 'GGUF') return null;
  const marker = Buffer.alloc(8);
  marker.writeBigUInt64LE(BigInt(wantedKey.length));
  const at = head.indexOf(Buffer.concat([marker, Buffer.from(wantedKey)]));
  const typeAt = at + 8 + wantedKey.length;
  const GGUF_STRING = 8;
  if (at < 0 || typeAt + 12 > head.length || head.readUInt32LE(typeAt) !== GGUF_STRING) return null;
  const length = Number(head.readBigUInt64LE(typeAt + 4));
  return length > 200 ? null : head.toString('utf8', typeAt + 12, typeAt + 12 + length);
}

export async function readHead(path: string, maxBytes: number): Promise<Buffer> {
  await using file = await open(path, 'r');
  const { bytesRead, buffer } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
  return buffer.subarray(0, bytesRead);
}
