import { converter, formatHex } from 'culori';
import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { makeColour, readColour } from './colour-finding.ts';
import type { NewFinding } from './colour-finding.ts';
import { refuseSource } from './refuse-source.ts';

const MAX_SWATCHES = 4000;
const COLOUR_BLOCK = 0x0001;
const toRgb = converter('rgb');

/**
 * Adobe Swatch Exchange: "ASEF", two version numbers, a count, then blocks of type (16 bits), length (32 bits) and body, all big-endian. A colour's body is a name
 * (count of UTF-16 units with a closing zero), four letters for the model, and 32-bit floats. CMYK is turned without a profile, which is said.
 */
export function readAse(bytes: Uint8Array, file: string): { findings: NewFinding[]; notes: string[] } {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expected = 'an Adobe Swatch Exchange file';
  if (view.length < 12 || view.toString('latin1', 0, 4) !== 'ASEF')
    refuseSource(file, 'it is no swatch file', expected);
  const count = view.readUInt32BE(8);
  if (count > MAX_SWATCHES) refuseSource(file, `it announces ${count} blocks`, `at most ${MAX_SWATCHES} swatches`);
  const findings: NewFinding[] = [];
  let isCmyk = false;
  let at = 12;
  for (let block = 0; block < count; block++) {
    if (at + 6 > view.length) refuseSource(file, 'it ends in the middle of a swatch', expected);
    const length = view.readUInt32BE(at + 2);
    const body = view.subarray(at + 6, at + 6 + length);
    if (body.length !== length) refuseSource(file, 'it ends in the middle of a swatch', expected);
    if (view.readUInt16BE(at) === COLOUR_BLOCK) {
      const swatch = readSwatch(body);
      if (swatch === null) refuseSource(file, `swatch ${findings.length + 1} is damaged`, expected);
      isCmyk ||= swatch.model === 'CMYK';
      findings.push(makeColour(swatch.name, swatch.hex, { file, place: `swatch ${findings.length + 1}` }));
    }
    at += 6 + length;
  }
  if (findings.length === 0) refuseSource(file, 'it holds no colours', expected);
  const notes = isCmyk ? [`${file}: CMYK swatches are turned into screen colours without a profile. Check them.`] : [];
  return { findings, notes };
}

function readSwatch(body: Buffer): { name: string; model: string; hex: string } | null {
  if (body.length < 2) return null;
  const units = body.readUInt16BE(0);
  const modelAt = 2 + units * 2;
  if (body.length < modelAt + 8) return null;
  const name = Buffer.from(body.subarray(2, modelAt)).swap16().toString('utf16le').replace(/\0+$/, '');
  const model = body.toString('latin1', modelAt, modelAt + 4).trim();
  const size = { RGB: 3, CMYK: 4, LAB: 3, Gray: 1 }[model];
  if (size === undefined || body.length < modelAt + 4 + size * 4) return null;
  const values = Array.from({ length: size }, (_, index) => body.readFloatBE(modelAt + 4 + index * 4));
  if (!values.every(Number.isFinite)) return null;
  const [one = 0, two = 0, three = 0, four = 0] = values;
  const colour =
    model === 'RGB'
      ? { mode: 'rgb' as const, r: one, g: two, b: three }
      : model === 'LAB'
        ? toRgb({ mode: 'lab', l: one * 100, a: two, b: three })
        : model === 'Gray'
          ? { mode: 'rgb' as const, r: one, g: one, b: one }
          : { mode: 'rgb' as const, r: (1 - one) * (1 - four), g: (1 - two) * (1 - four), b: (1 - three) * (1 - four) };
  return { name, model, hex: formatHex(colour).slice(0, 7) };
}

/** GIMP palettes are lines: a title, some headers, comments, then red, green, blue and a name. */
export function readGpl(bytes: Uint8Array, file: string): NewFinding[] {
  const expected = 'a GIMP palette: "GIMP Palette", then lines of red, green, blue and a name';
  const decoded = decodeUtf8(bytes);
  if (decoded.kind === 'refused') return refuseSource(file, decoded.reason, decoded.expected);
  const lines = decoded.text.split(/\r?\n/);
  if (lines[0]?.trim() !== 'GIMP Palette') refuseSource(file, 'its first line is not "GIMP Palette"', expected);
  if (lines.length > MAX_SWATCHES) refuseSource(file, `it has ${lines.length} lines`, `at most ${MAX_SWATCHES} lines`);
  const findings: NewFinding[] = [];
  for (const [index, line] of lines.entries()) {
    const text = line.trim();
    if (index === 0 || text === '' || text.startsWith('#') || /^(Name|Columns|Channels):/i.test(text)) continue;
    const [, red, green, blue, name = ''] = /^(\d{1,3})\s+(\d{1,3})\s+(\d{1,3})(?:\s+(.*))?$/.exec(text) ?? [];
    const channels = [red, green, blue].map(Number);
    if (red === undefined || channels.some((channel) => channel > 255))
      refuseSource(file, `line ${index + 1} is no colour`, expected);
    const hex = readColour(`rgb(${channels.join(' ')})`) ?? '#000000';
    findings.push(makeColour(name === 'Untitled' ? '' : name, hex, { file, place: `line ${index + 1}` }));
  }
  if (findings.length === 0) refuseSource(file, 'it holds no colours', expected);
  return findings;
}
