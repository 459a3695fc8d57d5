// A host that the bench `kills` starts and kills: opens the library and works on what is unfinished. Arguments: folder, milliseconds an image.
// Each finished image and the id of each engine process is a line on standard output.
import { pause } from '../../electron/studio/streams/watch-value.ts';
import { openFakeStudio } from './fake-studio.ts';

const [folder = '', imageMs = '15'] = process.argv.slice(2);
const { studio, engines } = await openFakeStudio(folder, Number(imageMs));
const { library } = studio.context;
let shown = -1;
let engine: number | null = null;
while (true) {
  const [batch] = library.batches.list(null, 1);
  const processId = engines.processId('image');
  if (processId !== null && processId !== engine) console.log(`engine ${processId}`);
  engine = processId ?? engine;
  if (batch && batch.done !== shown) console.log(`done ${batch.done}`);
  shown = batch?.done ?? shown;
  if (batch?.state === 'finished') {
    console.log('finished');
    break;
  }
  await pause(5);
}
