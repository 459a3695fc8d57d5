import type { DeliverableContent } from '../../../contract/ideation.ts';

/** `isShown` is false for a text that only a model of pictures reads. */
export type FieldText = { readonly name: string; readonly text: string; readonly isShown: boolean };

/** Every text of a deliverable; those of a list are numbered from 1. */
export function listFields(content: DeliverableContent): FieldText[] {
  const holder: Readonly<Record<string, string | readonly string[]>> =
    content.kind === 'persona' ? content.persona : content.kind === 'gap' ? content.gap : content.concept;
  return Object.entries(holder).flatMap(([field, value]) =>
    typeof value === 'string'
      ? [{ name: field, text: value, isShown: field !== 'imagePrompt' }]
      : value.map((text, index) => ({ name: `${field} ${index + 1}`, text, isShown: true })),
  );
}
