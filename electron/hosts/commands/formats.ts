import { StudioError } from '../../contract/errors.ts';
import { formatIdSchema, newFormatSchema } from '../../contract/format.ts';
import { toPixels } from '../../domain/production/channel-formats.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';

export type AddFormatOptions = { readonly size: string; readonly dpi: number };

export async function listFormats({ open, terminal }: CommandCall): Promise<number> {
  const formats = (await open()).studio.context.library.formats.list();
  terminal.table(
    formats.map(({ id, name, group, width, height }) => [id, `${name}, ${width} x ${height} px, ${group}`] as const),
  );
  terminal.result({ formats });
  return exitCodes.ok;
}

/** @throws input.invalid naming the option and what belongs there */
export async function addFormatOf(
  name: string,
  { size, dpi }: AddFormatOptions,
  { open, terminal }: CommandCall,
): Promise<number> {
  const wanted = newFormatSchema.safeParse({ name, ...readSize(size, dpi) });
  if (!wanted.success) throw refuse(wanted.error.issues[0]?.message ?? 'this is no format');
  const format = (await open()).studio.context.library.formats.add(wanted.data);
  terminal.table([[format.id, `${format.name}, ${format.width} x ${format.height} px`]]);
  terminal.result({ format });
  return exitCodes.ok;
}

/** @throws format.notFound */
export async function removeFormatOf(id: string, { open, terminal }: CommandCall): Promise<number> {
  const formatId = formatIdSchema.safeParse(id).data;
  if (formatId === undefined) throw refuse(`${id} is not the id of a format; \`housestyle formats\` lists them`);
  const removed = (await open()).studio.context.library.formats.remove(formatId);
  terminal.table([['removed', removed ? formatId : 'it was removed before']]);
  terminal.result({ removed });
  return exitCodes.ok;
}

function readSize(size: string, dpi: number): { readonly width: number; readonly height: number } {
  const parts = /^(\d+(?:\.\d+)?)\s*[x×]\s*(\d+(?:\.\d+)?)\s*(px|mm)?$/i.exec(size.trim());
  if (parts === null) throw refuse(`--size: "${size}" is no size. Expected something like 1400x700 or 210x297mm`);
  const isPaper = parts[3]?.toLowerCase() === 'mm';
  const measure = (length: number) => (isPaper ? toPixels(length, dpi) : Math.round(length));
  return { width: measure(Number(parts[1])), height: measure(Number(parts[2])) };
}

function refuse(message: string): StudioError {
  return new StudioError('input.invalid', `${message}.`, { issues: [{ path: 'size', message }] });
}
