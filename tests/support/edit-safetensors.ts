import { readFile, writeFile } from 'node:fs/promises';

/** Copies a safetensors file with other names for its tensors. */
export async function editSafetensors(from: string, to: string, rename: (name: string) => string): Promise<void> {
  const bytes = await readFile(from);
  const length = Number(bytes.readBigUInt64LE(0));
  const header: Record<string, unknown> = JSON.parse(bytes.toString('utf8', 8, 8 + length));
  const renamed = Object.fromEntries(Object.entries(header).map(([name, entry]) => [rename(name), entry]));
  const text = Buffer.from(JSON.stringify(renamed));
  const head = Buffer.alloc(8);
  head.writeBigUInt64LE(BigInt(text.length));
  await writeFile(to, Buffer.concat([head, text, bytes.subarray(8 + length)]));
}
