import type { Copy, Words } from '../../contract/copy.ts';
import type { PlanId } from '../../contract/identifiers.ts';
import type { Library } from '../../library/library.ts';
import { columns } from './copy-columns.ts';
import { readCopyTable } from './copy-table.ts';

/** Spreadsheets take a file without it for one of their own country's encoding. */
const BOM = '\u{FEFF}';
/** A cell that begins so is calculated by a spreadsheet that opens it. */
const formula = /^[=+\-@\t\r]/;

/**
 * A plan's words as CSV (RFC 4180, UTF-8 with its mark): a row for each concept and language, and for each channel format that has words of its own, with what the
 * concept says beside what is to be filled in. @throws plan.notFound
 */
export function exportCopies(library: Library, planId: PlanId): { readonly name: string; readonly text: string } {
  const plan = library.plans.get(planId);
  const { concepts, locales, copies } = readCopyTable(library, planId);
  const rows = concepts.flatMap(({ conceptId, title, words }) =>
    locales.flatMap((locale) => {
      const own = copies.filter((copy) => copy.conceptId === conceptId && copy.locale === locale);
      const everywhere = own.find(({ formatId }) => formatId === null);
      const single = own.filter(({ formatId }) => formatId !== null).toSorted(byFormat);
      return [
        row(conceptId, title, locale, '', words, everywhere?.words),
        ...single.map((copy) => row(conceptId, title, locale, copy.formatId ?? '', words, copy.words)),
      ];
    }),
  );
  const lines = [Object.values(columns), ...rows].map((cells) => cells.map(quote).join(','));
  return {
    name: `${plan.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}-words.csv`,
    text: `${BOM}${lines.join('\r\n')}\r\n`,
  };
}

function row(
  conceptId: string,
  title: string,
  locale: string,
  formatId: string,
  concept: Words,
  own: Words | undefined,
): string[] {
  return [
    conceptId,
    title,
    locale,
    formatId,
    concept.headline,
    concept.body,
    concept.callToAction,
    own?.headline ?? '',
    own?.body ?? '',
    own?.callToAction ?? '',
  ];
}

function byFormat(one: Copy, other: Copy): number {
  return (one.formatId ?? '') < (other.formatId ?? '') ? -1 : 1;
}

function quote(cell: string): string {
  const harmless = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n;\t]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
