import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useEffect } from 'react';
import { briefIdSchema } from '../../../electron/contract/identifiers.ts';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { rememberBrief, usePreferences } from '../../app/preferences.ts';
import { Screen } from '../../app/screen.tsx';
import { navigate, useRoute } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { briefQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { BriefBoard } from './brief-board.tsx';

/** The brief of the address; without one the brief in hand, else the newest. */
function useBriefOfRoute(): { briefId: BriefId | null; isEmpty: boolean; error: unknown; retry: () => void } {
  const { parts } = useRoute();
  const remembered = usePreferences((state) => state.briefId);
  const briefs = useQuery(briefQueries.list());
  const wanted = briefIdSchema.safeParse(parts[0]).data ?? null;
  const known = briefs.data?.some((brief) => brief.id === remembered) ? remembered : null;
  const fallback = known ?? briefs.data?.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs)[0]?.id ?? null;
  useEffect(() => {
    if (wanted) rememberBrief(wanted);
    else if (fallback) navigate({ screen: 'ideate', parts: [fallback] }, { replace: true });
  }, [wanted, fallback]);
  return {
    briefId: wanted,
    isEmpty: wanted === null && briefs.data?.length === 0,
    error: briefs.error,
    retry: () => void briefs.refetch(),
  };
}

export function IdeateScreen() {
  const { briefId, isEmpty, error, retry } = useBriefOfRoute();
  if (briefId) return <LoadedBrief key={briefId} briefId={briefId} />;
  if (error) return <Problem error={error} onRetry={retry} />;
  return (
    <Screen title={message('ideate.title')}>
      {isEmpty ? (
        <EmptyState icon={FileText} title={message('ideate.noBriefs')} action={<ToLibrary />}>
          {message('ideate.noBriefs.advice')}
        </EmptyState>
      ) : (
        <BriefSkeleton />
      )}
    </Screen>
  );
}

function LoadedBrief({ briefId }: { briefId: BriefId }) {
  const brief = useQuery(briefQueries.get(briefId));
  if (brief.error) return <Problem error={brief.error} onRetry={() => void brief.refetch()} />;
  if (brief.data) return <BriefBoard brief={brief.data} />;
  return (
    <Screen title={message('ideate.title')}>
      <BriefSkeleton />
    </Screen>
  );
}

function Problem({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Screen title={message('ideate.title')}>
      <div className="flex flex-col items-start gap-3 p-6">
        <FailureNote error={error} onRetry={onRetry} className="w-full" />
        <ToLibrary />
      </div>
    </Screen>
  );
}

function ToLibrary() {
  return <Button onClick={() => navigate({ screen: 'library' })}>{message('ideate.toLibrary')}</Button>;
}

function BriefSkeleton() {
  return (
    <div className="flex min-h-0 flex-1">
      <div className="w-80 border-r bg-panel p-4">
        <Skeleton className="h-64 w-full" />
      </div>
    </div>
  );
}
