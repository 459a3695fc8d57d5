import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { showToast } from '../toasts.tsx';
import { navigate } from '../use-route.ts';
import { sendFiles } from './send-files.ts';

export interface FileImport {
  readonly begin: (files: readonly File[]) => void;
  /** How many of how many have been sent; null when nothing is on its way. */
  readonly sending: { readonly sent: number; readonly count: number } | null;
  readonly problem: unknown;
  readonly dismiss: () => void;
  /** Why files cannot be brought in here; null when they can. */
  readonly blocked: string | null;
}

/** Files that a person drops or chooses become a run, which Activity shows; they are filed under a campaign where one is named. */
export function useFileImport(briefId: BriefId | null): FileImport {
  const [sending, setSending] = useState<FileImport['sending']>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const about = useQuery(systemQueries.about());
  const mayNot = useWhyNot('media.import');
  const blocked = about.data?.readOnly === true ? message('import.readOnly') : mayNot;

  async function send(files: readonly File[]): Promise<void> {
    setProblem(null);
    setSending({ sent: 0, count: files.length });
    try {
      const { count, leftOut } = await sendFiles(files, briefId, (sent) => setSending({ sent, count: files.length }));
      await renew({ queryKey: ['run'] });
      if (count > 0)
        showToast({
          title: message('import.begun', { count }),
          detail:
            leftOut.length > 0 ? message('import.leftOut', { count: leftOut.length, first: leftOut[0] ?? '' }) : null,
          action: { title: message('import.show'), run: () => navigate({ screen: 'activity' }) },
        });
      else showToast({ title: message('import.nothing'), detail: leftOut[0] ?? null, mark: 'failed' });
    } catch (failure) {
      setProblem(failure);
    } finally {
      setSending(null);
    }
  }
  return {
    begin: (files) => {
      if (files.length > 0 && sending === null && blocked === null) void send(files);
    },
    sending,
    problem,
    dismiss: () => setProblem(null),
    blocked,
  };
}
