export const briefFields = ['name', 'product', 'what', 'audience', 'goal'] as const;
export type BriefFieldName = (typeof briefFields)[number];
export type BriefFieldValues = Readonly<Record<BriefFieldName, string>>;

/** A value as a YAML scalar: quoted whenever it could be read as anything but plain text. JSON strings are valid YAML. */
function toScalar(value: string): string {
  const isPlain =
    /^[\p{L}\p{N}][\p{L}\p{N} .,'()%+/-]*$/u.test(value) &&
    !/^(true|false|null|yes|no|on|off|~|[\d.+-]+)$/i.test(value) &&
    !value.endsWith(' ');
  return isPlain ? value : JSON.stringify(value);
}

/** The text of a new brief from its five lines. */
export function writeBriefText(values: BriefFieldValues): string {
  const lines = briefFields.map((field) => `${field}: ${toScalar(values[field].trim())}`);
  return `---\n${lines.join('\n')}\n---\n\n`;
}
