/** The columns of a file of copies, by what stands in them, as a translator reads their names. */
export const columns = {
  conceptId: 'Concept id',
  title: 'Concept',
  locale: 'Language',
  formatId: 'Format',
  saysHeadline: 'Headline of the concept',
  saysBody: 'Body of the concept',
  saysCallToAction: 'Call to action of the concept',
  headline: 'Headline',
  body: 'Body',
  callToAction: 'Call to action',
} as const;
export type Column = keyof typeof columns;

/** Those that an import reads; the others are there for people. */
export const readColumns = [
  'conceptId',
  'locale',
  'formatId',
  'headline',
  'body',
  'callToAction',
] as const satisfies readonly Column[];
