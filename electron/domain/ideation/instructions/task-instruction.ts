export type FieldInstruction = {
  readonly field: string;
  /** What it is for and what is good, without its limit, which comes from the schema. */
  readonly purpose: string;
  /** A text for a model of pictures, in English whatever the language of the rest. */
  readonly isForPictures?: boolean;
};

/** How one kind of deliverable is asked for. */
export type TaskInstruction = {
  readonly what: string;
  readonly fields: readonly FieldInstruction[];
  readonly rules: readonly string[];
};
