import type { SourceReading } from '../../electron/contract/brand-import.ts';
import { sourceReadingSchema } from '../../electron/contract/brand-import.ts';
import { readSources } from '../../electron/readers/sources/read-sources.ts';

/** Files by name; what is no text is written as JSON. */
export type Files = Readonly<Record<string, unknown>>;

export async function readFiles(files: Files): Promise<SourceReading> {
  const list = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content)),
  }));
  return sourceReadingSchema.parse(await readSources(list));
}

/** "dark: primary #5c423d primary clipped", as a person sees the rows. */
export function sayColours({ findings }: SourceReading): string[] {
  return findings.flatMap((finding) =>
    finding.kind === 'colour'
      ? [
          [
            finding.theme === null ? '' : `${finding.theme}:`,
            finding.name,
            finding.hex,
            finding.role ?? '-',
            finding.change ?? '',
          ]
            .filter((word) => word !== '')
            .join(' '),
        ]
      : [],
  );
}
