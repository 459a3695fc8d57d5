import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LibraryDatabase } from '../database/library-database.ts';
import { countColumn } from '../database/row-columns.ts';

export type SearchDocument = {
  readonly kind: 'brand' | 'brief' | 'concept';
  readonly ownerSequence: number;
  readonly title: string;
  readonly body: string;
};

const documentRow = z.object({ sequence: countColumn, title: z.string(), body: z.string() });

/** Puts a document into the search index, in place of its earlier text; call inside the transaction that writes its owner. */
export function writeDocument(database: LibraryDatabase, { kind, ownerSequence, title, body }: SearchDocument): void {
  removeDocument(database, kind, ownerSequence);
  const sequence = database.insert(
    'INSERT INTO documents (kind, owner_sequence, title, body) VALUES (?, ?, ?, ?)',
    kind,
    ownerSequence,
    title,
    body,
  );
  database.run('INSERT INTO document_search (rowid, title, body) VALUES (?, ?, ?)', sequence, title, body);
}

/** The index keeps no copy of the text, so it has to be told the old text to forget it. */
export function removeDocument(database: LibraryDatabase, kind: SearchDocument['kind'], ownerSequence: number): void {
  const old = database.find(
    documentRow,
    'SELECT sequence, title, body FROM documents WHERE kind = ? AND owner_sequence = ?',
    kind,
    ownerSequence,
  );
  if (old === null) {
    return;
  }
  database.run(
    "INSERT INTO document_search (document_search, rowid, title, body) VALUES ('delete', ?, ?, ?)",
    old.sequence,
    old.title,
    old.body,
  );
  database.run('DELETE FROM documents WHERE sequence = ?', old.sequence);
}

const assetTextRow = z.object({ headline: z.string(), body: z.string(), callToAction: z.string(), prompt: z.string() });
export type AssetText = z.output<typeof assetTextRow>;

/**
 * Returns the text's key. Takes and sizes of one concept share their words, so each text is kept and indexed once: a hundred thousand pictures come down
 * to a few thousand texts.
 */
export function keepAssetText(database: LibraryDatabase, { headline, body, callToAction, prompt }: AssetText): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([headline, body, callToAction, prompt]))
    .digest('hex');
  const known = database.count('SELECT sequence FROM asset_texts WHERE digest = ?', digest);
  if (known > 0) {
    return known;
  }
  const sequence = database.insert(
    'INSERT INTO asset_texts (digest, headline, body, call_to_action, prompt) VALUES (?, ?, ?, ?, ?)',
    digest,
    headline,
    body,
    callToAction,
    prompt,
  );
  database.run(
    'INSERT INTO asset_search (rowid, headline, body, call_to_action, prompt) VALUES (?, ?, ?, ?, ?)',
    sequence,
    headline,
    body,
    callToAction,
    prompt,
  );
  return sequence;
}

/** Forgets texts that no asset has any more. */
export function removeUnusedAssetTexts(database: LibraryDatabase): void {
  const unused = database.all(
    assetTextRow.extend({ sequence: countColumn }),
    `SELECT sequence, headline, body, call_to_action AS callToAction, prompt FROM asset_texts
     WHERE NOT EXISTS (SELECT 1 FROM assets WHERE text_sequence = asset_texts.sequence)`,
  );
  for (const { sequence, headline, body, callToAction, prompt } of unused) {
    database.run(
      "INSERT INTO asset_search (asset_search, rowid, headline, body, call_to_action, prompt) VALUES ('delete', ?, ?, ?, ?, ?)",
      sequence,
      headline,
      body,
      callToAction,
      prompt,
    );
    database.run('DELETE FROM asset_texts WHERE sequence = ?', sequence);
  }
}
