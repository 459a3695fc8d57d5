import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Asset } from '../../../electron/contract/asset.ts';
import type { AssetId } from '../../../electron/contract/identifiers.ts';
import type { FormatId } from '../../../electron/contract/format.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { navigate } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { randomSeed } from '../../lib/random-seed.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { assetQueries, formatQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Slider } from '../../ui/slider.tsx';
import { ToggleChip } from '../../ui/toggle-chip.tsx';
import { useReviewStore } from './review-store.ts';

const MAX_COUNT = 100;
/** Percent of the steps that run. */
const [NEAREST, FARTHEST, USUAL] = [20, 90, 60];

function close(): void {
  useReviewStore.setState({ varying: null });
}

/** New pictures from the one under the cursor: how far they may go, in which formats, how many. */
export function VaryDialog() {
  const varying = useReviewStore((state) => state.varying);
  return varying === null ? null : <LoadedVaryDialog key={varying} assetId={varying} />;
}

function LoadedVaryDialog({ assetId }: { assetId: AssetId }) {
  const { data: asset, error } = useQuery(assetQueries.get(assetId));
  if (asset !== undefined) return <OpenVaryDialog asset={asset} />;
  return (
    <Dialog open onOpenChange={close} title={message('review.varyTitle')} closeLabel={message('common.close')}>
      {error ? <FailureNote error={error} /> : <Skeleton className="h-36 w-full" />}
    </Dialog>
  );
}

function OpenVaryDialog({ asset }: { asset: Asset }) {
  const [percent, setPercent] = useState(USUAL);
  const [formatIds, setFormatIds] = useState<readonly FormatId[]>([asset.formatId]);
  const [countText, setCountText] = useState('4');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const count = readCount(countText);
  const total = count === null ? 0 : count * formatIds.length;

  async function run() {
    if (busy || count === null || formatIds.length === 0) return;
    setBusy(true);
    setProblem(null);
    try {
      const made = await studio.plan.vary({
        assetId: asset.id,
        strength: percent / 100,
        formatIds: [...formatIds],
        count,
        seed: randomSeed(),
        name: message('review.varyName', { headline: asset.headline }).slice(0, 120),
      });
      await renew({ queryKey: ['plan', 'list'] });
      close();
      showToast({
        title: message('review.varyStarted', { count: total }),
        action: {
          title: message('review.varyShow'),
          run: () =>
            navigate({
              screen: 'produce',
              parts: [made.briefId],
              parameters: { plan: made.planId, batch: made.batchId },
            }),
        },
      });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={close}
      title={message('review.varyTitle')}
      description={message('review.varyAdvice')}
      closeLabel={message('common.close')}
      widthPx={560}
      footer={
        <>
          <Button onClick={close}>{message('common.cancel')}</Button>
          <Button
            variant="primary"
            busy={busy}
            blocked={
              total > 0
                ? null
                : message(count === null ? 'review.varyCountWrong' : 'review.varyNeedsFormat', { max: MAX_COUNT })
            }
            onClick={() => void run()}
          >
            {message('review.varyRun', { count: total })}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {problem === null ? null : <FailureNote error={problem} />}
        <div className="flex gap-4">
          <Original asset={asset} />
          <div className="flex min-w-0 flex-1 flex-col gap-3">
            <Slider
              label={message('review.varyFar')}
              value={percent}
              min={NEAREST}
              max={FARTHEST}
              step={5}
              valueText={`${percent} %`}
              onChange={setPercent}
            />
            <p className="-mt-2 text-12 text-ink-faint">{describeDistance(percent)}</p>
            <TextField
              label={message('review.varyCount')}
              inputMode="numeric"
              value={countText}
              error={count === null ? message('review.varyCountWrong', { max: MAX_COUNT }) : null}
              onChange={(event) => setCountText(event.target.value)}
            />
          </div>
        </div>
        <Formats chosen={formatIds} onChange={setFormatIds} />
      </form>
    </Dialog>
  );
}

function Original({ asset }: { asset: Asset }) {
  return (
    <img
      src={assetUrl(asset.thumbnails?.medium ?? asset.hash)}
      alt={asset.headline}
      className="h-36 w-32 shrink-0 rounded-control border bg-page object-contain"
    />
  );
}

function Formats({
  chosen,
  onChange,
}: {
  chosen: readonly FormatId[];
  onChange: (formatIds: readonly FormatId[]) => void;
}) {
  const { data: formats = [] } = useQuery(formatQueries.list());
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-12 text-ink-soft">{message('review.varyFormats')}</legend>
      <div className="flex flex-wrap gap-1">
        {formats.map(({ id, name, ratio }) => (
          <ToggleChip
            key={id}
            pressed={chosen.includes(id)}
            onPress={() => onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])}
          >
            {name} <span className="text-ink-soft tabular-nums">{ratio}</span>
          </ToggleChip>
        ))}
      </div>
      {chosen.length === 0 ? <p className="text-12 text-rejected">{message('review.varyNeedsFormat')}</p> : null}
    </fieldset>
  );
}

function readCount(text: string): number | null {
  const count = Number(text);
  return /^\d+$/.test(text.trim()) && count >= 1 && count <= MAX_COUNT ? count : null;
}

function describeDistance(percent: number): string {
  if (percent < 45) return message('review.varyFar.near');
  return message(percent < 75 ? 'review.varyFar.middle' : 'review.varyFar.far');
}
