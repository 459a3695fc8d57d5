import { useRun } from '../../rpc/use-run.ts';
import { RunRow } from './run-row.tsx';
import type { RunRowProps } from './run-row.tsx';

/** A row that follows its run from moment to moment. */
export function LiveRunRow({ run, ...rest }: RunRowProps) {
  return <RunRow run={useRun(run.id).value ?? run} {...rest} />;
}
