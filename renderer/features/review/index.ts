export { checkTitles, explainCheck } from './check-titles.ts';
export { formatScore } from './format-score.ts';
export { bringSoon as prepareReview } from './list-query.ts';
export { ReviewScreen } from './review-screen.tsx';
