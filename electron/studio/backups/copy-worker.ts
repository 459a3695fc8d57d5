import { copyDatabase } from '../../library/folder/backups.ts';
import type { Copy } from '../../library/folder/backups.ts';
import { answerQuestions } from '../threads/worker-thread.ts';

// Entry of the thread that copies a library's database and reads the copy through.

export type CopyQuestion = { readonly folder: string; readonly nowMs: number };

const copy = ({ folder, nowMs }: CopyQuestion): Promise<Copy> => Promise.resolve(copyDatabase(folder, nowMs));

answerQuestions('copy', copy);
