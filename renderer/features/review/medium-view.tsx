import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { assetQueries } from '../../rpc/queries.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { describeExtent, mediumIcons } from './medium-tile.tsx';

/** A sound to play or a document to read, as large as there is room. */
export function MediumView({ summary, label }: { summary: AssetSummary; label: string }) {
  const Icon = mediumIcons[summary.medium];
  const extent = describeExtent(summary);
  return (
    <section
      aria-label={label}
      className="flex min-h-0 min-w-0 flex-1 flex-col items-center overflow-y-auto bg-page p-6"
    >
      <header className="flex w-full max-w-180 items-center gap-3 pb-4">
        <Icon size={28} strokeWidth={1.25} aria-hidden className="shrink-0 text-ink-soft" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-15 font-semibold">{summary.headline}</h2>
          <p className="text-12 text-ink-soft tabular-nums">
            {[message(`media.${summary.medium}`), extent].filter(Boolean).join(', ')}
          </p>
        </div>
        <a
          href={assetUrl(summary.hash)}
          download={summary.headline}
          className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-control border bg-raised px-2.5 text-13 font-medium transition-colors hover:bg-hover"
        >
          <Download size={14} strokeWidth={1.75} aria-hidden />
          {message('media.open')}
        </a>
      </header>
      {summary.medium === 'audio' ? <Player key={summary.id} summary={summary} /> : <Reading summary={summary} />}
    </section>
  );
}

function Player({ summary }: { summary: AssetSummary }) {
  const [failed, setFailed] = useState(false);
  if (failed) return <p className="text-13 text-ink-soft">{message('media.cannotPlay')}</p>;
  return (
    <audio
      controls
      preload="metadata"
      src={assetUrl(summary.hash)}
      aria-label={message('media.play', { name: summary.headline })}
      onError={() => setFailed(true)}
      // Space and arrows belong to the player while it has the focus.
      onKeyDown={(event) => event.stopPropagation()}
      className="w-full max-w-180"
    />
  );
}

function Reading({ summary }: { summary: AssetSummary }) {
  const { data: asset } = useQuery(assetQueries.get(summary.id, null));
  if (asset === undefined) return <Skeleton className="h-64 w-full max-w-180" />;
  const text = asset.origin === 'imported' ? asset.excerpt : '';
  if (text === '') return <p className="text-13 text-ink-soft">{message('media.noText')}</p>;
  return (
    <article className="w-full max-w-180 rounded-control border bg-panel px-6 py-5">
      <p className="text-13 leading-relaxed break-words whitespace-pre-wrap text-ink select-text">{text}</p>
    </article>
  );
}
