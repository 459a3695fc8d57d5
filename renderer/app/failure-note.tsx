import { message } from '../lib/messages/message.ts';
import { adviseOnError } from '../rpc/error-advice.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';

/** A failed call, where it happened: title and advice from the table, and a button where trying again may help. */
export function FailureNote({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: (() => void) | undefined;
  className?: string;
}) {
  const { title, advice, retry } = adviseOnError(error);
  return (
    <ErrorNote
      title={title}
      advice={advice}
      {...(className ? { className } : {})}
      action={retry && onRetry ? <Button onClick={onRetry}>{message('common.retry')}</Button> : null}
    />
  );
}
