/**
 * A query's beginning: the table `latest(concept, sequence)` names for every deliverable that `concepts` selects the newest edit of it that is not in the bin, or
 * itself. A person's edit is a row of its own, which names the one that it takes the place of.
 */
export function withLatestEdits(concepts: string): string {
  return `
WITH RECURSIVE edits (concept, sequence, id, brief_sequence) AS (
  SELECT sequence, sequence, id, brief_sequence FROM deliverables WHERE sequence IN (${concepts})
  UNION ALL
  SELECT concept, newer.sequence, newer.id, newer.brief_sequence FROM edits JOIN deliverables AS newer
    ON newer.brief_sequence = edits.brief_sequence AND newer.sequence > edits.sequence AND newer.origin ->> '$.of' = edits.id
), latest (concept, sequence) AS (
  SELECT concept, max(edits.sequence) FROM edits JOIN deliverables ON deliverables.sequence = edits.sequence
  WHERE binned_at_ms IS NULL OR edits.sequence = concept GROUP BY concept
)`;
}
