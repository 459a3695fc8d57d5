import { useMutation, useQuery } from '@tanstack/react-query';
import {
  ArchiveRestore,
  AudioLines,
  FileText,
  Film,
  Image,
  Lightbulb,
  ScanSearch,
  Trash2,
  UserRound,
} from 'lucide-react';
import { useState } from 'react';
import type { BinContent, BinItem } from '../../../electron/contract/bin.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { formatAgo, formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { binQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Thumb } from '../../ui/thumb.tsx';

/** More than anybody reads; the rest is counted. */
const SHOWN = 200;

/** What was thrown away: to be put back, or deleted for good. */
export function BinDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const content = useQuery({ ...binQueries.content(), enabled: open });
  const items = useQuery({ ...binQueries.list(SHOWN), enabled: open });
  const changes = useBinChanges();
  const count = content.data ? content.data.assets + content.data.deliverables : 0;
  const problem = content.error ?? items.error ?? changes.problem;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('library.bin')}
      description={message('library.bin.advice')}
      closeLabel={message('common.close')}
      widthPx={720}
      footer={content.data && count > 0 ? <BinFoot content={content.data} count={count} changes={changes} /> : null}
    >
      {problem ? <FailureNote error={problem} className="mb-3" /> : null}
      {items.data?.length === 0 ? (
        <EmptyState icon={Trash2} title={message('library.bin.none')} />
      ) : (
        <ul>
          {items.data?.map((item) => (
            <BinRow key={item.id} item={item} onRestore={() => changes.restore(item)} />
          ))}
        </ul>
      )}
      {items.data && count > items.data.length ? (
        <p className="pt-2 text-12 text-ink-faint">
          {message('library.bin.more', { count: count - items.data.length })}
        </p>
      ) : null}
    </Dialog>
  );
}

function tellRestored({ restored }: { restored: number }): void {
  showToast({ title: message('library.bin.restored', { count: restored }) });
}

function useBinChanges() {
  const one = useMutation({
    mutationFn: (item: BinItem) =>
      item.kind === 'asset'
        ? studio.asset.restore({ assetIds: [item.id] })
        : studio.ideation.restore({ deliverableIds: [item.id] }),
    onSuccess: tellRestored,
  });
  const all = useMutation({
    mutationFn: () => studio.bin.restoreAll({}),
    onSuccess: tellRestored,
  });
  const empty = useMutation({
    mutationFn: () => studio.bin.empty({ binnedBeforeMs: Date.now() }),
    onSuccess: (gone) =>
      showToast({
        title: message('library.bin.emptied', {
          count: gone.assets + gone.deliverables,
          bytes: formatBytes(gone.bytes),
        }),
      }),
  });
  return {
    restore: one.mutate,
    restoreAll: all.mutate,
    empty: empty.mutate,
    busy: all.isPending || empty.isPending,
    problem: one.error ?? all.error ?? empty.error,
  };
}

function BinFoot({
  content,
  count,
  changes,
}: {
  content: BinContent;
  count: number;
  changes: ReturnType<typeof useBinChanges>;
}) {
  const [asking, setAsking] = useState(false);
  const whyNot = useWhyNot('bin.empty');
  if (asking) {
    return (
      <div role="alert" className="flex flex-1 items-center gap-2">
        <p className="min-w-0 flex-1 text-13">
          {message('library.bin.confirm', { bytes: formatBytes(content.bytes) })}
        </p>
        {/* The harmless answer has the focus: Enter keeps. */}
        <Button autoFocus onClick={() => setAsking(false)}>
          {message('library.bin.confirm.no')}
        </Button>
        <Button
          variant="danger"
          onClick={() => {
            setAsking(false);
            changes.empty();
          }}
        >
          {message('library.bin.confirm.yes', { count })}
        </Button>
      </div>
    );
  }
  return (
    <>
      <Button icon={Trash2} variant="danger" blocked={whyNot} busy={changes.busy} onClick={() => setAsking(true)}>
        {message('library.bin.empty')}
      </Button>
      <Button icon={ArchiveRestore} blocked={whyNot} busy={changes.busy} onClick={() => changes.restoreAll()}>
        {message('library.bin.restoreAll')}
      </Button>
    </>
  );
}

const marks = {
  persona: UserRound,
  gap: ScanSearch,
  concept: Lightbulb,
  picture: Image,
  audio: AudioLines,
  video: Film,
  document: FileText,
};

/** What stands for a thing without a picture. */
function Mark({ what }: { what: keyof typeof marks }) {
  const Icon = marks[what];
  return (
    <span
      className="surround flex size-10 shrink-0 items-center justify-center rounded-small text-ink-faint"
      aria-hidden
    >
      <Icon size={16} strokeWidth={1.5} />
    </span>
  );
}

function BinRow({ item, onRestore }: { item: BinItem; onRestore: () => void }) {
  const whyNot = useWhyNot('asset.restore');
  const kind = message(item.kind === 'asset' ? `media.${item.medium}` : `library.bin.${item.what}`);
  return (
    <li className="flex items-center gap-3 border-b py-2 last:border-b-0">
      {item.kind === 'asset' && item.thumbnail !== null ? (
        <Thumb url={assetUrl(item.thumbnail)} alt="" fit="cover" className="size-10 shrink-0 rounded-small" />
      ) : (
        <Mark what={item.kind === 'asset' ? item.medium : item.what} />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate text-13">{item.title}</p>
        <p className="truncate text-12 text-ink-faint">
          {[
            kind,
            ...(item.briefName === null ? [] : [item.briefName]),
            message('library.bin.thrown', { ago: formatAgo(item.binnedAtMs) }),
            ...(item.kind === 'deliverable' && item.inUse ? [message('library.bin.inUse')] : []),
          ].join(' · ')}
        </p>
      </div>
      <Button
        variant="quiet"
        blocked={whyNot}
        aria-label={message('library.bin.restoreOne', { title: item.title })}
        onClick={onRestore}
      >
        {message('library.bin.restore')}
      </Button>
    </li>
  );
}
