import type { TaskInstruction } from './task-instruction.ts';

export const personaInstruction: TaskInstruction = {
  what: 'one persona: a single believable person out of the audience of the brief',
  fields: [
    { field: 'name', purpose: 'a first name that is usual where the audience lives' },
    { field: 'summary', purpose: 'who this person is and how the day goes that the product has a place in' },
    { field: 'needs', purpose: 'what this person wants to get done, each another thing' },
    { field: 'frustrations', purpose: 'what stands in the way today, each another thing' },
    { field: 'quote', purpose: 'one sentence that this person would say aloud, in the first person' },
  ],
  rules: ['The person belongs to the audience of the brief and is not the maker of the product.'],
};
