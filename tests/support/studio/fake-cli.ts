// The command line with fake engines, for tests that start it as a process. First argument as JSON: options of the fake engines, times, and whether a promise is forgotten.
import type { CommandEngines } from '../../../electron/hosts/commands/command-context.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { runProgram } from '../../../electron/hosts/run-program.ts';
import { createFakeEntries, createFakeModelStore } from '../fake-engine/create-fake-engines.ts';
import type { FakeEngineOptions } from '../fake-engine/create-fake-engines.ts';
import { createFakeFinisher } from './create-fake-finisher.ts';

const [node = '', script = '', options = '{}', ...args] = process.argv;
const { probeMs, patienceMs, crashLimits, forgets, ...fake } = JSON.parse(options) as FakeEngineOptions &
  CommandEngines & { readonly forgets?: 'atOnce' | 'finishing' };
const forget = () => void Promise.reject(new Error('nobody waits for this'));
if (forgets === 'atOnce') setTimeout(forget, 0);
const store = createFakeModelStore();
const finisher = createFakeFinisher();
await runProgram([node, script, ...args], {
  engineEntries: createFakeEntries(fake),
  // Long enough for the forgotten promise to come first.
  modelStore: { ...store, list: () => pause(forgets === undefined ? 0 : 500).then(() => store.list()) },
  finisher: {
    ...finisher,
    finish(input) {
      if (forgets === 'finishing') forget();
      return finisher.finish(input);
    },
  },
  ...(probeMs !== undefined && { probeMs }),
  ...(patienceMs !== undefined && { patienceMs }),
  ...(crashLimits !== undefined && { crashLimits }),
});
