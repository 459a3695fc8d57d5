import { compress } from 'woff2-encoder';
import type { Dice } from './dice.ts';

/** Values that stand where a tree expects others. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '{color.text}',
  '{color.base.ink.x}',
  '#14213f80',
  '\u{d800}',
  '../../x',
  'x'.repeat(5000),
  [],
  {},
  [[[[]]]],
  { $value: '{color.wide}', $type: 'color' },
  { $value: { colorSpace: 'oklch', components: ['none', 1e9, {}] } },
  Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, index])),
];

/** A tree that is JSON still, with one to four of its values or names changed. */
export function damageTree(bytes: Buffer, roll: Dice): Buffer {
  const tree: unknown = JSON.parse(bytes.toString());
  for (let change = roll(4); change >= 0; change--) changeOne(tree, roll);
  return Buffer.from(JSON.stringify(tree));
}

function changeOne(tree: unknown, roll: Dice): void {
  let node: unknown = tree;
  while (typeof node === 'object' && node !== null) {
    const keys = Object.keys(node);
    const key = keys[roll(Math.max(1, keys.length))] ?? 'new';
    const inner: unknown = Reflect.get(node, key);
    if (typeof inner === 'object' && inner !== null && roll(4) > 0) {
      node = inner;
      continue;
    }
    if (roll(6) === 0) Reflect.deleteProperty(node, key);
    else Reflect.set(node, roll(8) === 0 ? `${key}\u0000` : key, structuredClone(ODD[roll(ODD.length)]));
    return;
  }
}

/** A WOFF2 around a damaged font: its own bytes are compressed as a whole, so that damage to them gets no further than the decompressor. */
export async function packDamaged(font: Buffer): Promise<Buffer | null> {
  try {
    return Buffer.from(await compress(font));
  } catch {
    // The compressor reads the font too and may not like it.
    return null;
  }
}
