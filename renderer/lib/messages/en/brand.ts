export const brandMessages = {
  'brand.title': 'Brand',
} as const;
