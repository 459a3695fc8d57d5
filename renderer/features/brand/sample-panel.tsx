import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { BrandKit } from '../../../electron/contract/brand.ts';
import type { BrandId } from '../../../electron/contract/identifiers.ts';
import type { FormatId } from '../../../electron/contract/format.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { formatQueries } from '../../rpc/queries.ts';
import { studio } from '../../rpc/studio.ts';
import { TextField } from '../../ui/field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { Thumb } from '../../ui/thumb.tsx';

/** Edits come in strokes; the sample follows when the hand rests this long. */
const SAMPLE_PAUSE_MS = 250;

interface SampleRequest {
  brandId: BrandId;
  kit: BrandKit;
  formatId: FormatId;
  headline: string;
  callToAction: string;
}

function useRested(request: SampleRequest): SampleRequest {
  const text = JSON.stringify(request);
  const [rested, setRested] = useState({ request, text });
  useEffect(() => {
    const timer = setTimeout(() => setRested({ request, text }), SAMPLE_PAUSE_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies, react-hooks/exhaustive-deps -- the request is made anew on every render; its text tells whether it is another one
  }, [text]);
  return rested.request;
}

/** A picture in the kit as it stands now, saved or not. */
export function SamplePanel({ brandId, kit, valid }: { brandId: BrandId; kit: BrandKit; valid: boolean }) {
  const [formatId, setFormatId] = useState<FormatId>('portrait-post');
  const [headline, setHeadline] = useState(message('brand.sample.default.headline'));
  const [callToAction, setCallToAction] = useState(message('brand.sample.default.callToAction'));
  const { data: formats } = useQuery(formatQueries.list());
  const request = useRested({ brandId, kit, formatId, headline, callToAction });
  const sample = useQuery({
    queryKey: ['brand-sample', request],
    queryFn: ({ signal }) => studio.brand.sample(request, { signal }),
    enabled: valid,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  const format = formats?.find((candidate) => candidate.id === formatId);
  const { width, height } = sample.data ?? format ?? { width: 4, height: 5 };
  return (
    <>
      <InspectorSection title={message('brand.sample')}>
        <div className="surround flex max-h-110 items-center justify-center overflow-hidden rounded-small">
          <div
            className="max-h-110 w-full"
            style={{ aspectRatio: `${width} / ${height}`, maxWidth: `${(440 * width) / height}px` }}
          >
            <Thumb
              url={sample.data ? assetUrl(sample.data.hash) : null}
              alt={message('brand.sample.alt')}
              eager
              className="size-full"
            />
          </div>
        </div>
        <div className="flex h-3 items-center">
          {sample.isFetching ? (
            <Progress label={message('common.loading')} value={null} max={1} className="h-0.5" />
          ) : null}
        </div>
        {sample.error ? (
          <FailureNote error={sample.error} onRetry={() => void sample.refetch()} className="mb-3" />
        ) : null}
        <div className="flex flex-col gap-3">
          <Select
            label={message('brand.sample.format')}
            value={formatId}
            options={(formats ?? []).map(({ id, name, ratio }) => ({ value: id, label: `${name}, ${ratio}` }))}
            onChange={setFormatId}
          />
          <TextField
            label={message('brand.sample.headline')}
            value={headline}
            maxLength={60}
            onChange={(event) => setHeadline(event.target.value)}
          />
          <TextField
            label={message('brand.sample.callToAction')}
            value={callToAction}
            maxLength={24}
            onChange={(event) => setCallToAction(event.target.value)}
          />
          <p className="text-12 text-ink-faint">{message('brand.sample.note')}</p>
        </div>
      </InspectorSection>
    </>
  );
}
