// The command line with fake engines, for tests that start it as a process. First argument: milliseconds an image.
import { buildProgram } from '../../../electron/hosts/build-program.ts';
import { createFakeEntries, createFakeModelStore } from '../fake-engine/create-fake-engines.ts';
import { createFakeFinisher } from './create-fake-finisher.ts';

const [node = '', script = '', imageMs = '5', ...args] = process.argv;
await buildProgram({
  engineEntries: createFakeEntries({ imageMs: Number(imageMs) }),
  modelStore: createFakeModelStore(),
  finisher: createFakeFinisher(),
}).parseAsync([node, script, ...args]);
