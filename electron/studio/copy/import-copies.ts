import { parse } from 'csv-parse/sync';
import { wordsSchema } from '../../contract/copy.ts';
import type { CopyImport } from '../../contract/copy.ts';
import { isStudioError, StudioError } from '../../contract/errors.ts';
import type { PlanId } from '../../contract/identifiers.ts';
import type { Plan } from '../../contract/plan.ts';
import type { Library } from '../../library/library.ts';
import type { NewCopy } from '../../library/repositories/copy-repository.ts';
import { columns, readColumns } from './copy-columns.ts';

type Issue = { readonly path: string; readonly message: string };
type Row = Readonly<Record<(typeof readColumns)[number], string>>;

const MAX_ISSUES = 50;
const MAX_CELL_CHARACTERS = 10_000;
const wordColumns = ['headline', 'body', 'callToAction'] as const;

/**
 * Takes in a file that `exportCopies` gave and somebody filled in: commas, semicolons or tabs, with or without byte order mark, columns in any order and others
 * among them. All or none. @throws plan.notFound; input.invalid naming rows and columns, the line of names being row 1
 */
export function importCopies(
  library: Library,
  planId: PlanId,
  { name, text }: { name: string; text: string },
): CopyImport {
  const plan = library.plans.get(planId);
  const issues: Issue[] = [];
  const copies: NewCopy[] = [];
  let empty = 0;
  for (const { row, number } of readRows(name, text)) {
    if (wordColumns.every((column) => row[column] === '')) {
      empty += 1;
      continue;
    }
    const problems = [...findPlaceProblems(plan, row), ...findWordProblems(row)];
    issues.push(...problems.map(({ path, message }) => ({ path: `row ${number}, ${path}`, message })));
    if (issues.length >= MAX_ISSUES) break;
    const { conceptId, locale, formatId, headline, body, callToAction } = row;
    copies.push({
      conceptId: conceptId as NewCopy['conceptId'],
      locale,
      formatId: formatId === '' ? null : formatId,
      words: { headline, body, callToAction },
      origin: { kind: 'file', name },
    });
  }
  if (issues.length > 0) throw refuse(name, issues);
  const written = library.copies.write(copies);
  return { written, unchanged: copies.length - written, empty };
}

function* readRows(name: string, text: string): Generator<{ readonly row: Row; readonly number: number }> {
  const records = parseRecords(name, text);
  const [names = [], ...rows] = records;
  const places = readColumns.map((column) =>
    names.findIndex((cell) => cell.trim().toLowerCase() === columns[column].toLowerCase()),
  );
  const missing = readColumns.filter((column, at) => column !== 'formatId' && places[at] === -1);
  if (missing.length > 0)
    throw refuse(name, [
      {
        path: 'row 1',
        message: `has no column ${missing.map((column) => `"${columns[column]}"`).join(', ')}; start from a file that the studio exported`,
      },
    ]);
  for (const [at, cells] of rows.entries()) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const values = places.map((place) => clean(place === -1 ? '' : (cells[place] ?? '')));
    yield {
      row: Object.fromEntries(readColumns.map((column, index) => [column, values[index]])) as Row,
      number: at + 2,
    };
  }
}

function parseRecords(name: string, text: string): string[][] {
  if (text.includes('\0')) throw refuse(name, [{ path: 'the file', message: 'is no text: it holds zero bytes' }]);
  const [firstLine = ''] = text.split(/\r?\n/, 1);
  const [delimiter = ','] = [',', ';', '\t'].toSorted(
    (one, other) => firstLine.split(other).length - firstLine.split(one).length,
  );
  try {
    return parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: MAX_CELL_CHARACTERS * 20,
    });
  } catch (error) {
    if (isStudioError(error)) throw error;
    const lines =
      typeof error === 'object' && error !== null && 'lines' in error ? `line ${String(error.lines)}` : 'the file';
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(name, [{ path: lines, message: `cannot be read as CSV: ${why.slice(0, 200)}` }], error);
  }
}

/** What an export put before a cell that a spreadsheet would calculate goes again. */
function clean(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '').trim();
}

function findPlaceProblems(plan: Plan, { conceptId, locale, formatId }: Row): Issue[] {
  const issues: Issue[] = [];
  if (!plan.conceptIds.some((id) => id === conceptId))
    issues.push({ path: columns.conceptId, message: `"${conceptId.slice(0, 40)}" is no concept of this plan` });
  if (!plan.locales.includes(locale))
    issues.push({ path: columns.locale, message: `"${locale.slice(0, 40)}" is none of ${plan.locales.join(', ')}` });
  if (formatId !== '' && !plan.formatIds.includes(formatId))
    issues.push({
      path: columns.formatId,
      message: `"${formatId.slice(0, 40)}" is none of ${plan.formatIds.join(', ')}`,
    });
  return issues;
}

function findWordProblems(row: Row): Issue[] {
  return wordColumns.flatMap((column) => {
    const length = wordsSchema.shape[column].safeParse(row[column]);
    if (length.success) return [];
    const message =
      row[column] === ''
        ? 'is empty while other words of the row are not'
        : `has ${row[column].length} characters, which is too long`;
    return [{ path: columns[column], message }];
  });
}

function refuse(name: string, issues: readonly Issue[], cause?: unknown): StudioError {
  const [first] = issues;
  const more = issues.length > 1 ? ` There are ${issues.length} such places.` : '';
  return new StudioError(
    'input.invalid',
    `${name}: ${first?.path ?? 'the file'} ${first?.message ?? 'cannot be read'}.${more} Nothing was written.`,
    { issues: issues.slice(0, MAX_ISSUES) },
    cause === undefined ? {} : { cause },
  );
}
