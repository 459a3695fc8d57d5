/** `dropped` jobs were waiting when their batch was stopped. */
export const jobStates = ['waiting', 'running', 'done', 'failed', 'dropped'] as const;
export type JobState = (typeof jobStates)[number];
