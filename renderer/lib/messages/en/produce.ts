export const produceMessages = {
  'produce.title': 'Produce',
} as const;
