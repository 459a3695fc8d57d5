import type { ReadColour } from '../../domain/brand/colour-text.ts';

const MAX_NAMES = 8;

/** What a person should know of a file's colours and references, gathered while it is read and said once for each kind. */
export class SourceNotes {
  readonly #names = new Map<NoteKind, Set<string>>();

  add(kind: NoteKind, name: string): void {
    const names = this.#names.get(kind) ?? new Set();
    this.#names.set(kind, names.add(name));
  }

  addChange(name: string, { change }: ReadColour): void {
    if (change !== null) this.add(change, name);
  }

  list(kind: NoteKind): string {
    const names = [...(this.#names.get(kind) ?? [])];
    const rest = names.length - MAX_NAMES;
    return names.slice(0, MAX_NAMES).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
  }

  has(kind: NoteKind): boolean {
    return this.#names.has(kind);
  }

  toSentences(file: string): string[] {
    return [...this.#names.keys()].map((kind) => `${file}: ${sentences[kind]}: ${this.list(kind)}.`);
  }
}

const sentences = {
  clipped: 'outside of sRGB and clipped to what a screen shows',
  opaque: 'see-through, read as if they were not',
  missing: 'references that lead nowhere in the files that were read',
  circle: 'references that lead back to themselves',
  computed: 'colours that would have to be computed, left out',
  part: 'colours of single parts of the page, left out',
} as const;
export type NoteKind = keyof typeof sentences;
