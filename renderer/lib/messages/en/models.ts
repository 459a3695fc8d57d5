export const modelsMessages = {
  'models.title': 'Models',
} as const;
