import type { DeliverableKind } from '../../../contract/ideation.ts';
import { conceptInstruction } from './concept-instruction.ts';
import { gapInstruction } from './gap-instruction.ts';
import { personaInstruction } from './persona-instruction.ts';
import type { TaskInstruction } from './task-instruction.ts';

/** A worked example is not given: a small model copies it word for word. */
export const taskInstructions: Readonly<Record<DeliverableKind, TaskInstruction>> = {
  persona: personaInstruction,
  gap: gapInstruction,
  concept: conceptInstruction,
};
