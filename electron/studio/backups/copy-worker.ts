import { copyDatabase } from '../../library/backups.ts';
import type { Copy } from '../../library/backups.ts';
import { answerQuestions } from '../worker-thread.ts';

// Entry of the thread that copies a library's database and reads the copy through.

export type CopyQuestion = { readonly folder: string; readonly nowMs: number };

const copy = ({ folder, nowMs }: CopyQuestion): Promise<Copy> => Promise.resolve(copyDatabase(folder, nowMs));

answerQuestions('copy', copy);
