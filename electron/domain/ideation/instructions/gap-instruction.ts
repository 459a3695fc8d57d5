import type { TaskInstruction } from './task-instruction.ts';

export const gapInstruction: TaskInstruction = {
  what: 'one gap: something that the audience lacks, that others leave open, and that this product can fill',
  fields: [
    { field: 'title', purpose: 'the gap in a few words' },
    { field: 'observation', purpose: 'one sentence on what the audience meets today' },
    { field: 'opportunity', purpose: 'one sentence on what this product can say or do about it' },
  ],
  rules: ['Observation and opportunity say different things.', 'Name a competitor only if the material names it.'],
};
