/** One field of an answer that is still being written. The last one may end in the middle of a word. */
export interface PartialField {
  name: string;
  text: string;
}

const stringPattern = /"((?:[^"\\]|\\.)*)("?)/g;

function unescape(raw: string): string {
  return raw.replace(/\\(u[0-9a-fA-F]{4}|.)?/g, (_, escape: string | undefined) => {
    if (escape === undefined) return '';
    if (escape.startsWith('u') && escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return { n: ' ', t: ' ', r: ' ', u: '', b: '', f: '' }[escape] ?? escape;
  });
}

/**
 * What a JSON object shows so far, field by field, while a model writes it. Lists are joined by commas.
 * Text that is no JSON yields nothing.
 */
export function readPartialAnswer(text: string): PartialField[] {
  const fields: PartialField[] = [];
  stringPattern.lastIndex = 0;
  for (let match = stringPattern.exec(text); match; match = stringPattern.exec(text)) {
    const [whole, raw = '', closing] = match;
    const rest = text.slice(match.index + whole.length).trimStart();
    if (closing === '"' && rest.startsWith(':')) {
      fields.push({ name: unescape(raw), text: '' });
      continue;
    }
    const field = fields.at(-1);
    // A string before any field name, or a name whose end has not come yet, has no place to stand.
    if (!field || (closing === '' && isNamePosition(text, match.index))) continue;
    field.text = field.text === '' ? unescape(raw) : `${field.text}, ${unescape(raw)}`;
  }
  return fields;
}

/** Whether a string that begins at `index` stands where a field name is due: after an opening brace, or after a comma outside a list. */
function isNamePosition(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  if (before.endsWith('{')) return true;
  if (!before.endsWith(',')) return false;
  const outsideStrings = before.replace(/"(?:[^"\\]|\\.)*"/g, '');
  return outsideStrings.lastIndexOf('[') <= outsideStrings.lastIndexOf(']');
}
