import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { encodeFrame } from '../../electron/engines/process/frame-stream.ts';

/* A studio with a reader that goes in circles: tells the reader's process id and waits to be killed. */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const reader = spawn(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', at('../../electron/readers/reader.ts'), '512'],
  {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  },
);
const file = {
  use: 'logo',
  file: 'logo-mask-depth-40.svg',
  field: 'logos[0].file',
  bytes: new Uint8Array(readFileSync(at('fixtures/hostile-files/logo-mask-depth-40.svg'))),
};
(reader.stdio[3] as Writable).write(encodeFrame({ id: 1, task: { kind: 'kitFile', file } }));
process.send?.(reader.pid);
setInterval(() => undefined, 1_000);
