import { answerQuestions } from '../../worker-thread.ts';
import { readSources } from './read-sources.ts';

// Entry of the thread that reads files of strangers.

answerQuestions('sources', readSources);
