import { useQuery } from '@tanstack/react-query';
import { CornerUpRight } from 'lucide-react';
import type { ImportedAsset } from '../../../electron/contract/asset.ts';
import { runAction } from '../../app/actions.ts';
import { InspectorSection } from '../../app/screen.tsx';
import { formatBytes, formatClock, formatDateTime } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { briefQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/table.tsx';

/** What an imported file says of itself in the place of checks and a recipe: its facts, where it came from, and the words that are in it. */
export function ImportedDetails({ asset }: { asset: ImportedAsset }) {
  return (
    <>
      <InspectorSection title={message('media.file')}>
        <FileFacts asset={asset} />
        {asset.medium === 'picture' ? (
          <Button icon={CornerUpRight} className="mt-3" onClick={() => runAction('review.useAsSource')}>
            {message('media.useAsSource')}
          </Button>
        ) : null}
      </InspectorSection>
      <InspectorSection title={message('media.importSource')}>
        <Source asset={asset} />
      </InspectorSection>
      {asset.medium === 'document' ? (
        <InspectorSection title={message('media.text')}>
          <p className="line-clamp-12 text-12 break-words whitespace-pre-wrap text-ink-soft">
            {asset.excerpt || message('media.noText')}
          </p>
        </InspectorSection>
      ) : null}
    </>
  );
}

function FileFacts({ asset }: { asset: ImportedAsset }) {
  const { data: briefs } = useQuery(briefQueries.list());
  const { width, height, durationMs, pages, briefId, source } = asset;
  const brief = briefs?.find(({ id }) => id === briefId);
  return (
    <Facts
      rows={[
        [message('media.fact.type'), message(`media.${asset.medium}`)],
        ...(width > 0 ? [[message('media.fact.size'), message('media.fact.pixels', { width, height })] as const] : []),
        ...(durationMs === null ? [] : [[message('media.fact.length'), formatClock(durationMs / 1000)] as const]),
        ...(pages === null ? [] : [[message('media.fact.pages'), String(pages)] as const]),
        [message('review.fact.file'), formatBytes(source.sizeBytes)],
        [message('media.fact.campaign'), briefId === null ? message('media.fact.none') : (brief?.name ?? '')],
      ]}
    />
  );
}

function Source({ asset: { source, medium } }: { asset: ImportedAsset }) {
  return (
    <>
      <Facts
        rows={[
          [message('media.fact.name'), source.fileName],
          [message('media.fact.type'), source.mediaType],
          ...(source.by === '' ? [] : [[message('media.fact.by'), source.by] as const]),
          [message('media.fact.at'), formatDateTime(source.atMs)],
          [message('media.fact.hash'), source.sha256.slice(0, 16)],
        ]}
      />
      <p className="mt-2 text-12 text-ink-faint">{message(medium === 'picture' ? 'media.kept' : 'media.keptPlain')}</p>
    </>
  );
}
