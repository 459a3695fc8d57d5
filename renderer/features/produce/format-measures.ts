import { MAX_FORMAT_EDGE_PX, MIN_FORMAT_EDGE_PX } from '../../../electron/contract/format.ts';
import type { NewFormat } from '../../../electron/contract/format.ts';
import { findFormatProblem, toPixels } from '../../../electron/domain/production/channel-formats.ts';
import { message } from '../../lib/messages/message.ts';

export const formatUnits = ['px', 'mm'] as const;
export type FormatUnit = (typeof formatUnits)[number];

/** What stands in the fields of a new format. `dpi` counts where lengths are in millimetres. */
export type FormatMeasures = {
  readonly name: string;
  readonly unit: FormatUnit;
  readonly width: string;
  readonly height: string;
  readonly dpi: string;
};

const DPI = { min: 30, max: 1200 } as const;

/** A format, or why there is none yet: null while something is still to be filled in. */
export type FormatReading =
  | { readonly format: NewFormat; readonly problem: null }
  | { readonly format: null; readonly problem: string | null };

export function readFormatMeasures({ name, unit, width, height, dpi }: FormatMeasures): FormatReading {
  if ([name, width, height].some((text) => text.trim() === '')) return refuse(null);
  const density = readNumber(dpi);
  if (unit === 'mm' && (density === null || density < DPI.min || density > DPI.max))
    return refuse(message('produce.newFormat.dpiWrong', DPI));
  const [wide, high] = [width, height].map((text) => {
    const length = readNumber(text);
    if (length === null) return null;
    return unit === 'px' ? Math.round(length) : toPixels(length, density ?? 0);
  });
  if (!isEdge(wide) || !isEdge(high))
    return refuse(message('produce.newFormat.edgeWrong', { min: MIN_FORMAT_EDGE_PX, max: MAX_FORMAT_EDGE_PX }));
  const format = { name: name.trim(), width: wide, height: high };
  const problem = findFormatProblem(format);
  return problem === null ? { format, problem } : refuse(problem);
}

function refuse(problem: string | null): FormatReading {
  return { format: null, problem };
}

/** Written with a point or a comma. */
function readNumber(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

function isEdge(value: number | null | undefined): value is number {
  return typeof value === 'number' && value >= MIN_FORMAT_EDGE_PX && value <= MAX_FORMAT_EDGE_PX;
}
