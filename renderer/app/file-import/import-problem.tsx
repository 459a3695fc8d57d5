import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../failure-note.tsx';
import type { FileImport } from './use-file-import.ts';

/** What kept files from being brought in, where they were dropped. */
export function ImportProblem({ importing: { problem, dismiss } }: { importing: FileImport }) {
  if (problem === null) return null;
  return (
    <div className="flex shrink-0 items-start gap-2 border-b p-2">
      <FailureNote error={problem} className="flex-1" />
      <Button variant="quiet" onClick={dismiss}>
        {message('common.dismiss')}
      </Button>
    </div>
  );
}
