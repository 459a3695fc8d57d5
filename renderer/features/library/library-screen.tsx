import { useQuery } from '@tanstack/react-query';
import { FileUp, FolderOpen, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Brief } from '../../../electron/contract/brief.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { FileDrop } from '../../app/file-import/file-drop.tsx';
import { ImportButton } from '../../app/file-import/import-button.tsx';
import { ImportProblem } from '../../app/file-import/import-problem.tsx';
import { useFileImport } from '../../app/file-import/use-file-import.ts';
import { rememberBrief } from '../../app/preferences.ts';
import { formatRoute } from '../../app/routes.ts';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { navigate } from '../../app/use-route.ts';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { batchQueries, binQueries, briefQueries, planQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { CampaignCard, CampaignSkeleton } from './campaign-card.tsx';
import { BinDialog } from './bin-dialog.tsx';
import { NewBriefDialog } from './new-brief-dialog.tsx';
import { RunCard } from './run-card.tsx';
import { useBriefImport } from './use-brief-import.ts';
import { listWaiting } from './waiting-list.ts';
import type { WaitingItem } from './waiting-list.ts';

const SHOWN_RUNS = 3;

export function LibraryScreen() {
  const [creating, setCreating] = useState(false);
  const [binOpen, setBinOpen] = useState(false);
  const whyMayNot = useWhyNot('brief.create');
  const fileInput = useRef<HTMLInputElement>(null);
  const briefs = useQuery(briefQueries.list());
  const batches = useQuery(batchQueries.list(null, 20));
  const bin = useQuery(binQueries.content());
  const binned = bin.data ? bin.data.assets + bin.data.deliverables : 0;
  const plans = useQuery(planQueries.list(null));
  const importing = useBriefImport(openBrief);
  const files = useFileImport(null);

  function openBrief(brief: Brief) {
    setCreating(false);
    rememberBrief(brief.id);
    navigate({ screen: 'ideate', parts: [brief.id] });
  }
  /** One text is a brief; everything else is a file of one's own. */
  function drop(dropped: readonly File[]) {
    const [file, ...others] = dropped;
    if (file && others.length === 0 && /\.(md|markdown|txt)$/i.test(file.name)) importing.mutate(file);
    else files.begin(dropped);
  }
  useActions([
    {
      id: 'library.newBrief',
      title: message('library.newBrief'),
      keys: ['n'],
      scope: 'library',
      run: () => setCreating(true),
    },
    {
      id: 'library.importBrief',
      title: message('library.importBrief'),
      keys: ['mod+o'],
      scope: 'library',
      run: () => fileInput.current?.click(),
    },
    {
      id: 'library.bin',
      title: message('library.bin'),
      keys: ['b'],
      scope: 'library',
      run: () => setBinOpen(true),
    },
  ]);

  const buttons = (
    <>
      <Button icon={FileUp} blocked={whyMayNot} busy={importing.isPending} onClick={() => fileInput.current?.click()}>
        {message('library.importBrief')}
      </Button>
      <Button icon={Plus} variant="primary" keys="n" blocked={whyMayNot} onClick={() => setCreating(true)}>
        {message('library.newBrief')}
      </Button>
    </>
  );
  return (
    <Screen
      title={message('library.title')}
      actions={
        <>
          <Button
            icon={Trash2}
            variant="quiet"
            aria-label={message('library.bin.open', { count: binned })}
            onClick={() => setBinOpen(true)}
          >
            {message('library.bin')}
            {binned > 0 ? <span className="tabular-nums text-ink-faint">{formatNumber(binned)}</span> : null}
          </Button>
          <ImportButton importing={files} />
          {buttons}
        </>
      }
    >
      <FileDrop
        hint={message('library.dropHint')}
        blocked={files.blocked}
        onFiles={drop}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto"
      >
        <input
          ref={fileInput}
          type="file"
          accept=".md,.markdown,.txt,text/markdown,text/plain"
          className="hidden"
          aria-label={message('library.importBrief')}
          tabIndex={-1}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) importing.mutate(file);
            event.target.value = '';
          }}
        />
        <ImportProblem importing={files} />
        {importing.error ? <FailureNote error={importing.error} className="mx-6 mt-4" /> : null}
        {briefs.error ? (
          <FailureNote error={briefs.error} onRetry={() => void briefs.refetch()} className="m-6" />
        ) : briefs.data?.length === 0 ? (
          <EmptyState icon={FolderOpen} title={message('library.empty')} action={buttons}>
            {message('library.empty.advice')}
          </EmptyState>
        ) : (
          <div className="flex flex-col gap-8 px-6 py-5">
            <Overview
              waiting={
                briefs.data && batches.data && plans.data ? listWaiting(briefs.data, batches.data, plans.data) : null
              }
              runs={batches.data?.slice(0, SHOWN_RUNS).map((batch) => (
                <RunCard key={batch.id} batch={batch} plan={plans.data?.find((plan) => plan.id === batch.planId)} />
              ))}
            />
            <Section title={message('library.campaigns')}>
              <div
                className="grid grid-cols-[repeat(auto-fill,minmax(16.25rem,1fr))] gap-4"
                onKeyDown={moveBetweenCards}
              >
                {briefs.data
                  ? briefs.data.map((brief) => <CampaignCard key={brief.id} brief={brief} />)
                  : Array.from({ length: 4 }, (_, index) => <CampaignSkeleton key={index} />)}
              </div>
            </Section>
          </div>
        )}
      </FileDrop>
      <BinDialog open={binOpen} onOpenChange={setBinOpen} />
      <NewBriefDialog open={creating} onOpenChange={setCreating} onCreated={openBrief} />
    </Screen>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-2.5 text-13 font-medium text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}

function Overview({ waiting, runs }: { waiting: WaitingItem[] | null; runs: ReactNode[] | undefined }) {
  if (waiting === null) return null;
  return (
    <div className="grid grid-cols-[minmax(20rem,2fr)_3fr] gap-6 empty:hidden max-wide:grid-cols-1">
      <Section title={message('library.waiting')}>
        <ul className="rounded-control border bg-panel">
          {waiting.slice(0, 5).map((item) => (
            <li key={item.key} className="border-b last:border-b-0">
              <a
                href={formatRoute(item.destination)}
                className="group flex h-9 items-center gap-2.5 px-3 transition-colors hover:bg-hover"
              >
                <StatusMark kind={item.mark} label="" />
                <span className="min-w-0 flex-1 truncate">{item.text}</span>
                <span className="text-12 text-ink-faint group-hover:text-ink">{item.verb}</span>
              </a>
            </li>
          ))}
          {waiting.length === 0 ? <li className="px-3 py-2 text-ink-soft">{message('library.nothingWaits')}</li> : null}
        </ul>
      </Section>
      {runs && runs.length > 0 ? (
        <Section title={message('library.runs')}>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(16.25rem,1fr))] gap-4">{runs}</div>
        </Section>
      ) : null}
    </div>
  );
}

/** Arrow keys go from cover to cover; Enter opens, as on every link. */
function moveBetweenCards(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-campaign]')];
  const next = cards[cards.findIndex((card) => card === document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
