/** Templates, in the brand sheet and in a plan. */
export const templateMessages = {
  'templates.title': 'Templates',
  'templates.needsOne': 'A plan needs one template. Choose another first to put this one away.',
  'templates.own': 'The brand\u2019s own',
  'templates.inTurn': '{count} in turn',
  'templates.addFile': 'Add a file',
  'templates.also': 'Also offered',
  'templates.alsoNote':
    'A picture that fails because of its layout is made again in the next of these; without any, in the next that ships.',
  'templates.note': 'The chosen one sets every picture, unless a plan names others.',
} as const;
