import type { RunState } from '../../../electron/contract/run.ts';
import type { CellStatus } from '../../../electron/contract/plan.ts';

export const batchStateTitles = {
  running: 'produce.state.running',
  paused: 'produce.state.paused',
  stopped: 'produce.state.stopped',
  finished: 'produce.state.finished',
} as const satisfies Record<RunState, string>;
export const cellStatusTitles = {
  empty: 'produce.cell.empty',
  queued: 'produce.cell.queued',
  running: 'produce.cell.running',
  done: 'produce.cell.done',
  failed: 'produce.cell.failed',
} as const satisfies Record<CellStatus, string>;
