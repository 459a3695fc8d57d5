import { createFakeEngines } from './create-fake-engines.ts';
import { makeImageJob } from './make-jobs.ts';

/** A studio that starts an engine, says its process id, and waits to be killed. The argument is the prompt of a job that never ends. */
const engines = createFakeEngines({});
await engines.image.ensureLoaded();
console.log(engines.processId('image'));
await engines.image.run(makeImageJob({ prompt: process.argv[2] ?? '[[deaf]]' }));
