export { checkTitles } from './compliance-list.tsx';
export { formatScore } from './format-score.ts';
export { ReviewScreen } from './review-screen.tsx';
