import { MAX_SOURCE_BYTES } from '../../contract/brand-import.ts';
import { decodeUtf8 } from '../../domain/text/decode-utf8.ts';
import { CssReferences } from './css-references.ts';
import { parseSheet } from './css-sheet.ts';
import type { CssSheet } from './css-sheet.ts';
import type { SourceFile } from './source-file.ts';
import { MAX_TEXT_SOURCE_BYTES, refuseSource } from './refuse-source.ts';
import { parseTokenFile } from './token-file.ts';
import type { TokenFile } from './token-file.ts';
import { TokenReferences } from './token-references.ts';

/** A file whose values may lead into the others. `id` tells files of one name apart. */
export type LinkedSource =
  | { readonly kind: 'sheet'; readonly id: string; readonly sheet: CssSheet }
  | { readonly kind: 'tokens'; readonly id: string; readonly tokens: TokenFile };

export type LinkedSources = {
  readonly css: CssReferences;
  readonly tokens: TokenReferences;
  /** The file at a place of the list; undefined for kinds that lead nowhere. @throws brand.sourceRefused when it cannot be read */
  at(index: number): LinkedSource | undefined;
};

/** Opens every file that others may refer to, before any of them is read. A file that cannot be opened says so when its turn comes. */
export function linkSources(files: readonly SourceFile[], onFile: (name: string) => void): LinkedSources {
  const css = new CssReferences();
  const tokens = new TokenReferences();
  const opened = files.map((file, index) => {
    const id = `${index} ${file.name}`;
    try {
      if (/\.css$/i.test(file.name)) {
        onFile(file.name);
        const text = decodeSource(file, 'a style sheet');
        const sheet = parseSheet(text, file.name);
        css.addSheet(id, sheet);
        css.addUses(text);
        return { kind: 'sheet', id, sheet } as const;
      }
      if (/\.(json|tokens)$/i.test(file.name)) {
        onFile(file.name);
        const read = parseTokenFile(decodeSource(file, 'tokens'), file.name);
        tokens.addFile(id, read);
        return { kind: 'tokens', id, tokens: read } as const;
      }
      if (/\.[mc]?[jt]s$/i.test(file.name) && file.bytes.length <= MAX_TEXT_SOURCE_BYTES)
        css.addUses(new TextDecoder().decode(file.bytes));
    } catch (error) {
      return { kind: 'refused', error } as const;
    }
    return undefined;
  });
  return {
    css,
    tokens,
    at(index) {
      const source = opened[index];
      if (source?.kind === 'refused') throw source.error;
      return source;
    },
  };
}

function decodeSource({ name, bytes }: SourceFile, what: string): string {
  // Empty files and files over every limit are told by whoever reads the list.
  if (bytes.length === 0 || bytes.length > MAX_SOURCE_BYTES) return '{}';
  if (bytes.length > MAX_TEXT_SOURCE_BYTES) refuseSource(name, 'it is too large', `${what} of at most 4 MiB`);
  const decoded = decodeUtf8(bytes);
  return decoded.kind === 'refused' ? refuseSource(name, decoded.reason, decoded.expected) : decoded.text;
}
