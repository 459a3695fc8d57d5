import type { TextJob } from '../../contract/engine-protocol.ts';
import type { DeliverableKind } from '../../contract/ideation.ts';
import { deriveSeed } from '../production/derive-seed.ts';
import { answerJsonSchemas, readFieldLimit } from './answer-schemas.ts';
import { writeData } from './instructions/data-block.ts';
import { taskInstructions } from './instructions/task-instructions.ts';

export type Repair = {
  readonly kind: DeliverableKind;
  /** Of the schema of the kind. */
  readonly field: string;
  /** Why it was refused. */
  readonly reason: string;
  /** The whole answer as JSON, the refused field with it. */
  readonly answer: string;
  /** How many fields of this answer were written again before. */
  readonly number: number;
};

/**
 * Asks for one field of a refused answer again, while the others stand: a model that gets every field right two times out of three seldom gets five right at once. Null
 * for a field that the kind does not have and for a job without instructions, whose model knows no such question.
 */
export function buildRepair(job: TextJob, { kind, field, reason, answer, number }: Repair): TextJob | null {
  const schema = answerJsonSchemas[kind];
  const properties: unknown = schema['properties'];
  const own: unknown =
    typeof properties === 'object' && properties !== null ? Reflect.get(properties, field) : undefined;
  const task = taskInstructions[kind].fields.find((one) => one.field === field);
  const limit = readFieldLimit(schema, field);
  if (own === undefined || task === undefined || limit === null || job.instructions === undefined) return null;
  const question = [
    'Your answer so far:',
    answer,
    `Everything in it stands but the field "${field}": ${writeData(reason)}.`,
    `Write that field again, ${task.purpose}, in at most ${Math.floor(limit.maxLength * 0.8)} characters. Answer with a JSON object that holds "${field}" only.`,
  ].join('\n\n');
  return {
    ...job,
    seed: deriveSeed(job.seed, 'repair', field, number),
    jsonSchema: { type: 'object', properties: { [field]: own }, required: [field], additionalProperties: false },
    instructions: { ...job.instructions, user: `${job.instructions.user}\n\n${question}` },
  };
}

/** The answer with another value of one field. Null when either is no JSON object. */
export function mergeRepair(answer: string, repair: string, field: string): string | null {
  const [whole, part] = [readObject(answer), readObject(repair)];
  if (whole === null || part === null || !(field in part)) return null;
  return JSON.stringify({ ...whole, [field]: part[field] });
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
