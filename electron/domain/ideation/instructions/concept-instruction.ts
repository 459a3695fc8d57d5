import type { TaskInstruction } from './task-instruction.ts';

export const conceptInstruction: TaskInstruction = {
  what: 'one advertising concept that leads the audience to the goal of the brief',
  fields: [
    { field: 'title', purpose: 'working name of the idea, for the team' },
    { field: 'headline', purpose: 'what the advertisement says first: short, concrete, no full stop' },
    { field: 'body', purpose: 'one or two whole sentences to the audience that name the product and use a fact' },
    { field: 'callToAction', purpose: 'what to do now, beginning with a verb' },
    {
      field: 'imagePrompt',
      purpose: 'what the picture shows: things, light, composition; no words, no letters, no logo',
      isForPictures: true,
    },
  ],
  rules: [
    'Name the product in the headline or the body.',
    'Every field says something else; none repeats another.',
    'Speak to the audience; do not describe it.',
  ],
};
