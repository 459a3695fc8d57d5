import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { showToast } from '../toasts.tsx';

let toldOfStartMs: number | null = null;

/** Says once when the studio had to be started again, and that the page goes on with it. */
export function useRestartNotice(): void {
  const { data: about } = useQuery(systemQueries.about());
  const after = about?.restartedAfter ?? null;
  const startedAtMs = about?.startedAtMs ?? null;
  useEffect(() => {
    if (after === null || startedAtMs === null || startedAtMs === toldOfStartMs) return;
    toldOfStartMs = startedAtMs;
    showToast({
      title: message(after === 'frozen' ? 'frame.restarted.frozen' : 'frame.restarted.ended'),
      detail: message('frame.restarted.detail'),
      mark: 'done',
    });
  }, [after, startedAtMs]);
}
