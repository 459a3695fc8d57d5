import type { Dice } from './dice.ts';
import { mutateBytes } from '../headers/mutate-bytes.ts';
import { damageTree, packDamaged } from './damage-inside.ts';
import { damageWoffTable, repairChecksums } from './repair-checksums.ts';

/** What stands in fields that say where and how much. */
const LENGTHS = [0, 1, 2, 0x7f, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
const TEXTS = new Set(['svg', 'gpl', 'css', 'json', 'brief', 'kit']);
/** Pieces that lead parsers of text astray: depth, references to themselves, numbers beyond all measure, halves of signs. */
const PIECES: Readonly<Record<string, readonly string[]>> = {
  svg: [
    '<g>'.repeat(300),
    '<g mask="url(#m)">',
    'xlink:href="#s"',
    '<use xlink:href="#s"/>',
    'M1e309 1e309',
    'NaN',
    '&#0;',
    '<!--',
    'viewBox="0 0 0 0"',
    'r="1e30"',
  ],
  css: [
    'var(--ref)',
    'var('.repeat(300),
    '--ref: var(--ref);',
    'calc(1/0)',
    '/*',
    '{'.repeat(300),
    'hsl(1e309 1% 1%)',
    '\\0',
    'color-mix(in oklch,'.repeat(50),
  ],
  json: [
    '{color.text}',
    '{"a":'.repeat(300),
    '[['.repeat(200),
    '1e999',
    '"__proto__":{"x":1},',
    '\\ud800',
    'null',
    '{color.wide}',
    '"$value":"{color.text}"',
  ],
  kit: ['1e999', '"__proto__":{"x":1},', '\\ud800', 'null', '../../../x', '[['.repeat(200), '-1', '"#14213f"'],
  brief: ['---', ': |', '&a *a', '- '.repeat(300), '[['.repeat(200), '!!js/function', '"\\ud800"', '\u0000', '\u2028'],
  gpl: ['256 0 0 x', '\0', '999999999999 1 1', 'Columns: -1', '\t'.repeat(300)],
};

const TREES = new Set(['json', 'kit']);

/**
 * One damaged file of a format: changed bytes, pieces cut, doubled or taken from another file, fields of length and place set to their edges. `inner` are the fonts
 * inside of packed seeds.
 */
export async function mutateFile(
  format: string,
  seeds: readonly Buffer[],
  inner: readonly Buffer[],
  roll: Dice,
): Promise<Buffer> {
  const chosen = roll(seeds.length);
  const sound = seeds[chosen] ?? Buffer.alloc(0);
  if (TREES.has(format) && roll(2) === 0) return damageTree(sound, roll);
  const font = inner[chosen];
  if (font && roll(8) === 0) {
    const packed = await packDamaged(repairChecksums('ttf', damageOnce('ttf', font, inner, roll)));
    if (packed) return packed;
  }
  const damage = (bytes: Buffer) => damageOnce(format, bytes, seeds, roll);
  const damaged = format === 'woff' && roll(2) === 0 ? damageWoffTable(sound, roll, damage) : damage(sound);
  // Two of three get past the sums.
  return roll(3) === 0 ? damaged : repairChecksums(format, damaged);
}

function damageOnce(format: string, bytes: Buffer, seeds: readonly Buffer[], roll: Dice): Buffer {
  const kind = roll(10);
  if (kind === 0) return bytes.subarray(0, roll(bytes.length + 1));
  if (kind <= 2) return splice(bytes, seeds[roll(seeds.length)] ?? bytes, roll);
  if (TEXTS.has(format)) return kind <= 7 ? insertPiece(format, bytes, roll) : mutateBytes(bytes, bytes.length, roll);
  if (kind <= 5) return setLengths(Buffer.from(bytes), roll);
  if (kind <= 7) return flipBits(Buffer.from(bytes), roll);
  // Headers and directories hold most of what can be wrong.
  return mutateBytes(bytes, roll(2) === 0 ? 512 : bytes.length, roll);
}

function splice(bytes: Buffer, other: Buffer, roll: Dice): Buffer {
  const from = roll(other.length + 1);
  const piece = other.subarray(from, from + roll(2048));
  const at = roll(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + (roll(2) === 0 ? piece.length : 0))]);
}

function setLengths(bytes: Buffer, roll: Dice): Buffer {
  for (let change = roll(4); change >= 0; change--) {
    const wide = roll(2) === 0;
    const room = bytes.length - (wide ? 4 : 2);
    if (room < 0) return bytes;
    // Fields lie on even places, mostly near the begin.
    const at = roll(3) === 0 ? roll(room + 1) : Math.min(room, roll(200) * 2);
    const value = LENGTHS[roll(LENGTHS.length)] ?? 0;
    if (!wide) bytes.writeUInt16BE(value & 0xffff, at);
    else if (roll(4) === 0) bytes.writeUInt32LE(value, at);
    else bytes.writeUInt32BE(value, at);
  }
  return bytes;
}

function flipBits(bytes: Buffer, roll: Dice): Buffer {
  for (let change = roll(16); change >= 0 && bytes.length > 0; change--) {
    const at = roll(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
  }
  return bytes;
}

function insertPiece(format: string, bytes: Buffer, roll: Dice): Buffer {
  const pieces = PIECES[format] ?? [];
  let out = bytes;
  for (let change = roll(3); change >= 0; change--) {
    const at = roll(out.length + 1);
    const piece = Buffer.from(pieces[roll(pieces.length)] ?? '');
    out = Buffer.concat([out.subarray(0, at), piece, out.subarray(at + (roll(2) === 0 ? roll(40) : 0))]);
  }
  return out;
}
