/** Files as other programs write them, made by hand so that a test says what stands in them. */

export type Swatch = { readonly name: string; readonly model: string; readonly values: readonly number[] };

const makeBlock = (type: number, body: Buffer) => {
  const header = Buffer.alloc(6);
  header.writeUInt16BE(type, 0);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
};
const encodeName = (name: string) => {
  const text = Buffer.from(`${name}\0`, 'utf16le').swap16();
  const count = Buffer.alloc(2);
  count.writeUInt16BE(name.length + 1);
  return Buffer.concat([count, text]);
};

const escapeText = (text: string) => text.replaceAll(/[\\()]/g, (character) => `\\${character}`);

/** An Adobe Swatch Exchange file with one group around its swatches. */
export function encodeAse(swatches: readonly Swatch[]): Uint8Array {
  const colours = swatches.map(({ name, model, values }) => {
    const floats = Buffer.alloc(values.length * 4);
    for (const [index, value] of values.entries()) floats.writeFloatBE(value, index * 4);
    return makeBlock(
      0x0001,
      Buffer.concat([encodeName(name), Buffer.from(model, 'latin1'), floats, Buffer.from([0, 0])]),
    );
  });
  const blocks = [makeBlock(0xc001, encodeName('Brand')), ...colours, makeBlock(0xc002, Buffer.alloc(0))];
  const header = Buffer.alloc(12);
  header.write('ASEF', 'latin1');
  header.writeUInt16BE(1, 4);
  header.writeUInt32BE(blocks.length, 8);
  return new Uint8Array(Buffer.concat([header, ...blocks]));
}

/** A PDF with one page for each list of lines, in Helvetica. */
export function encodePdf(
  pages: readonly (readonly string[])[],
  { encrypted = false, script }: { readonly encrypted?: boolean; readonly script?: string } = {},
): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  add(
    `<< /Type /Catalog /Pages 2 0 R ${script ? `/OpenAction << /S /JavaScript /JS (${escapeText(script)}) >>` : ''} >>`,
  );
  add(`<< /Type /Pages /Kids [${pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>');
  for (const [index, lines] of pages.entries()) {
    const text = lines.map((line, at) => `BT /F1 12 Tf 50 ${750 - at * 20} Td (${escapeText(line)}) Tj ET`).join('\n');
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    add(`<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  }
  const key = 'ab'.repeat(32);
  if (encrypted) add(`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${key}> /U <${key}> >>`);
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = body.length;
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  body += offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encryption = encrypted
    ? `/Encrypt ${objects.length} 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]`
    : '';
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${encryption} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(body, 'latin1'));
}
