/**
 * What the picture of a cell has to say, as JSON with headline, body and callToAction: its copy for its language and channel format, else that for its language, else what its
 * concept says. `concept` is an expression that gives the words of the concept; the query has to have `cells` in sight.
 */
export function saidWords(concept: string): string {
  return `coalesce(
    (SELECT words FROM copies WHERE concept_sequence = cells.concept_sequence AND locale = cells.locale AND format_id = cells.format_id ORDER BY sequence DESC LIMIT 1),
    (SELECT words FROM copies WHERE concept_sequence = cells.concept_sequence AND locale = cells.locale AND format_id IS NULL ORDER BY sequence DESC LIMIT 1),
    ${concept})`;
}
