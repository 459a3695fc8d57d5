/** Templates, in the brand sheet and in a plan. */
export const templateMessages = {
  'templates.title': 'Templates',
  'templates.own': 'The brand\u2019s own',
  'templates.inTurn': '{count} in turn',
  'templates.note': 'The chosen one sets every picture, unless a plan names others.',
} as const;
