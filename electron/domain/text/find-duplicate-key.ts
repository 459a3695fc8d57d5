import { isMap, isScalar, visit } from 'yaml';
import type { Document } from 'yaml';

/**
 * Offset of the first key that stands twice in one map of a document, or null. The YAML reader's own check compares every key with every other; parse with
 * `uniqueKeys: false` and ask this instead.
 */
export function findDuplicateKey(document: Document): { readonly key: string; readonly offset: number } | null {
  let found: { readonly key: string; readonly offset: number } | null = null;
  visit(document, {
    Map(_, map) {
      if (!isMap(map)) return undefined;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = { key: String(key.value), offset: key.range?.[0] ?? 0 };
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}
