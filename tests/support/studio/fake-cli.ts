// The command line with fake engines, for tests that start it as a process. First argument as JSON: options of the fake engines, times, and whether a promise is forgotten.
import type { CommandEngines } from '../../../electron/hosts/commands/command-context.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { buildProgram } from '../../../electron/hosts/build-program.ts';
import { createFakeEntries, createFakeModelStore } from '../fake-engine/create-fake-engines.ts';
import type { FakeEngineOptions } from '../fake-engine/create-fake-engines.ts';
import { createFakeFinisher } from './create-fake-finisher.ts';

const [node = '', script = '', options = '{}', ...args] = process.argv;
const { probeMs, patienceMs, crashLimits, forgetsAfterMs, ...fake } = JSON.parse(options) as FakeEngineOptions &
  CommandEngines & { readonly forgetsAfterMs?: number };
if (forgetsAfterMs !== undefined)
  setTimeout(() => void Promise.reject(new Error('nobody waits for this')), forgetsAfterMs);
const store = createFakeModelStore();
await buildProgram({
  engineEntries: createFakeEntries(fake),
  // Long enough for the forgotten promise to come first.
  modelStore: { ...store, list: () => pause(forgetsAfterMs === undefined ? 0 : 500).then(() => store.list()) },
  finisher: createFakeFinisher(),
  ...(probeMs !== undefined && { probeMs }),
  ...(patienceMs !== undefined && { patienceMs }),
  ...(crashLimits !== undefined && { crashLimits }),
}).parseAsync([node, script, ...args]);
