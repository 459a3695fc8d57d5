export const ideateMessages = {
  'ideate.title': 'Ideate',
} as const;
