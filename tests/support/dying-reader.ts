import { Socket } from 'node:net';
import { encodeFrame, FrameDecoder } from '../../electron/readers/frame-stream.ts';

/* A reader whose first file leaves something behind that ends it at the second, before it has begun that. */
const pipe = new Socket({ fd: 3 });
const decoder = new FrameDecoder();
let answered = 0;
pipe.on('data', (chunk: Buffer) => {
  for (const question of decoder.push(chunk)) {
    if (answered > 0) process.exit(1);
    answered += 1;
    const { id } = question as { id: number };
    const output = { findings: [], refused: [], notes: [`process ${process.pid}`] };
    pipe.write(encodeFrame({ kind: 'done', id, output, isSpent: false }));
  }
});
pipe.write(encodeFrame({ kind: 'ready' }));
