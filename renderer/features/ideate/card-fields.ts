import type { DeliverableContent, DeliverableKind } from '../../../electron/contract/ideation.ts';
import { conceptSchema, gapSchema, personaSchema } from '../../../electron/contract/ideation.ts';

/** The single-line texts of a card that a person may edit, with their longest length from the contract. */
export const cardFields = {
  concept: [
    ['title', 40],
    ['headline', 60],
    ['body', 180],
    ['callToAction', 24],
    ['imagePrompt', 160],
  ],
  gap: [
    ['title', 60],
    ['observation', 160],
    ['opportunity', 160],
  ],
  persona: [
    ['name', 40],
    ['summary', 160],
    ['quote', 120],
  ],
} as const satisfies Record<DeliverableKind, readonly (readonly [string, number])[]>;

export type CardFieldName = (typeof cardFields)[DeliverableKind][number][0];
export type CardValues = Readonly<Record<string, string>>;

export function readCardValues(content: DeliverableContent): CardValues {
  const source: Readonly<Record<string, unknown>> = bodyOf(content);
  return Object.fromEntries(cardFields[content.kind].map(([name]) => [name, textOf(source[name])]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function bodyOf(content: DeliverableContent) {
  if (content.kind === 'concept') return content.concept;
  return content.kind === 'gap' ? content.gap : content.persona;
}

/** The content with edited texts; null when one of them is empty or too long. */
export function applyCardValues(content: DeliverableContent, values: CardValues): DeliverableContent | null {
  const trimmed = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
  if (content.kind === 'concept') {
    const parsed = conceptSchema.safeParse({ ...content.concept, ...trimmed });
    return parsed.success ? { kind: 'concept', concept: parsed.data } : null;
  }
  if (content.kind === 'gap') {
    const parsed = gapSchema.safeParse({ ...content.gap, ...trimmed });
    return parsed.success ? { kind: 'gap', gap: parsed.data } : null;
  }
  const parsed = personaSchema.safeParse({ ...content.persona, ...trimmed });
  return parsed.success ? { kind: 'persona', persona: parsed.data } : null;
}

/** What a card is called in lists and for screen readers. */
export function nameCard(content: DeliverableContent): string {
  if (content.kind === 'concept') return content.concept.headline;
  return content.kind === 'gap' ? content.gap.title : content.persona.name;
}
