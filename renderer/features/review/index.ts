export { checkTitles, explainCheck } from './check-titles.ts';
export { formatScore } from './format-score.ts';
export { ReviewScreen } from './review-screen.tsx';
