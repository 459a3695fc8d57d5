import { createStore, useStore } from 'zustand';
import type { SystemStatus } from '../../electron/contract/system.ts';
import { studio } from './studio.ts';
import { useStream } from './use-stream.ts';

const statusStore = createStore<{ status: SystemStatus | null }>(() => ({ status: null }));

/** Feeds the status of engines, memory and queue into the page. The frame mounts it once. */
export function useStatusFeed(): void {
  useStream(
    'status',
    (signal) => studio.system.status({}, { signal }),
    (status) => statusStore.setState({ status }),
  );
}

/** What the machine is doing, or null before the first report. */
export function useStatus(): SystemStatus | null {
  return useStore(statusStore, (state) => state.status);
}
