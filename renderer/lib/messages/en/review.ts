export const reviewMessages = {
  'review.title': 'Review',
} as const;
