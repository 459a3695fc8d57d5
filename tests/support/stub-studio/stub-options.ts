import type { Right } from '../../../electron/contract/role.ts';

export interface StubOptions {
  /** Between two streamed events. */
  paceMs: number;
  namesPaceMs: number;
  /** Ends ideation with this many concepts failed. */
  failConcepts: number;
  readOnly: boolean;
  /** Of who looks at the page. */
  role?: Right;
  /** Whether the page runs on the studio's machine. */
  sharesMachine?: boolean;
  /** The studio took the place of one that stopped answering. */
  restartedAfter?: 'frozen' | 'ended' | null;
}
