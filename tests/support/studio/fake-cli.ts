// The command line with fake engines, for tests that start it as a process. First argument: milliseconds an image, and after a colon how the engines break.
import { buildProgram } from '../../../electron/hosts/build-program.ts';
import { createFakeEntries, createFakeModelStore } from '../fake-engine/create-fake-engines.ts';
import { createFakeFinisher } from './create-fake-finisher.ts';

const [node = '', script = '', setting = '5', ...args] = process.argv;
const [imageMs, mode] = setting.split(':');
await buildProgram({
  engineEntries: createFakeEntries({ imageMs: Number(imageMs), ...(mode !== undefined && { mode }) }),
  modelStore: createFakeModelStore(),
  finisher: createFakeFinisher(),
}).parseAsync([node, script, ...args]);
