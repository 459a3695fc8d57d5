/** Numbers of element types in ONNX. */
const ELEMENT_TYPES = { float32: 1, float16: 10 } as const;
export type TrialType = keyof typeof ELEMENT_TYPES;

/** A network of one operation, the product of two square matrices `a` and `b` of `edge` rows, as the bytes of an ONNX file. */
export function writeTrialModel(edge: number, type: TrialType): Uint8Array {
  const tensor = (name: string) => {
    const dimension = field(1, number(1, edge));
    const shape = field(2, concat(dimension, dimension));
    return concat(text(1, name), field(2, field(1, concat(number(1, ELEMENT_TYPES[type]), shape))));
  };
  const node = concat(text(1, 'a'), text(1, 'b'), text(2, 'c'), text(4, 'MatMul'));
  const graph = concat(
    field(1, node),
    text(2, 'trial'),
    field(11, tensor('a')),
    field(11, tensor('b')),
    field(12, tensor('c')),
  );
  return concat(number(1, 8), field(7, graph), field(8, number(2, 13)));
}

/** Protocol buffers, as far as it takes: a length-delimited field, a text, a whole number. */
function field(id: number, bytes: Uint8Array): Uint8Array {
  return concat(varint(id * 8 + 2), varint(bytes.length), bytes);
}

function text(id: number, value: string): Uint8Array {
  return field(id, new TextEncoder().encode(value));
}

function number(id: number, value: number): Uint8Array {
  return concat(varint(id * 8), varint(value));
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
