import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AssetSummary } from '../../../electron/contract/asset.ts';
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

/** New pictures from those that are selected: how far they may go, in which formats, how many. */
export function VaryDialog() {
  const varying = useReviewStore((state) => state.varying);
  return varying === null ? null : <LoadedVaryDialog key={varying.join(' ')} assetIds={varying} />;
}

function LoadedVaryDialog({ assetIds }: { assetIds: readonly AssetId[] }) {
  const { data: assets, error } = useQuery(assetQueries.summaries([...assetIds]));
  const [first, ...others] = assets?.flatMap(toMade) ?? [];
  const isBlocked = assets !== undefined && assets.some(({ origin }) => origin === 'imported');
  if (first !== undefined && !isBlocked) return <OpenVaryDialog assets={[first, ...others]} />;
  return (
    <Dialog open onOpenChange={close} title={message('review.varyTitle')} closeLabel={message('common.close')}>
      {error ? (
        <FailureNote error={error} />
      ) : isBlocked ? (
        <p className="text-13 text-ink-soft">{message('media.noVary')}</p>
      ) : (
        <Skeleton className="h-36 w-full" />
      )}
    </Dialog>
  );
}

type MadeSummary = AssetSummary & { readonly formatId: FormatId };

function toMade(asset: AssetSummary): MadeSummary[] {
  const { formatId } = asset;
  return formatId === null ? [] : [{ ...asset, formatId }];
}

/** `own` makes each picture's variations in the format that it has. */
type Formats = readonly FormatId[] | 'own';

function OpenVaryDialog({ assets }: { assets: readonly [MadeSummary, ...MadeSummary[]] }) {
  const [asset] = assets;
  const isOne = assets.length === 1;
  const [percent, setPercent] = useState(USUAL);
  const [formatIds, setFormatIds] = useState<Formats>(isOne ? [asset.formatId] : 'own');
  /** Those before it have begun: what failed half way goes on from there. */
  const [begun, setBegun] = useState(0);
  const [countText, setCountText] = useState('4');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const count = readCount(countText);
  const perPicture = count === null ? 0 : count * (formatIds === 'own' ? 1 : formatIds.length);
  const total = perPicture * (assets.length - begun);

  async function run() {
    if (busy || count === null || total === 0) return;
    setBusy(true);
    setProblem(null);
    try {
      let made: Made | null = null;
      for (const { id, formatId, headline } of assets.slice(begun)) {
        made = await studio.plan.vary({
          assetId: id,
          strength: percent / 100,
          formatIds: formatIds === 'own' ? [formatId] : [...formatIds],
          count,
          seed: randomSeed(),
          name: message('review.varyName', { headline }).slice(0, 120),
        });
        setBegun((before) => before + 1);
      }
      await renew({ queryKey: ['plan', 'list'] });
      close();
      showToast({
        title: message('review.varyStarted', { count: total }),
        action: isOne && made !== null ? toPlan(made) : toActivity,
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
      description={isOne ? message('review.varyAdvice') : message('review.varyAdviceMany', { count: assets.length })}
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
        {problem !== null && begun > 0 ? (
          <p className="text-12 text-ink-soft">{message('review.varyBegun', { begun, count: assets.length })}</p>
        ) : null}
        <div className="flex gap-4 max-columns:flex-col">
          {isOne ? <Original asset={asset} /> : <Originals assets={assets} />}
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
        <FormatChips chosen={formatIds} hasOwn={!isOne} onChange={setFormatIds} />
      </form>
    </Dialog>
  );
}

type Made = Awaited<ReturnType<typeof studio.plan.vary>>;

const toPlan = ({ briefId, planId, batchId }: Made) => ({
  title: message('review.varyShow'),
  run: () => navigate({ screen: 'produce', parts: [briefId], parameters: { plan: planId, batch: batchId } }),
});

const toActivity = { title: message('review.exportActivity'), run: () => navigate({ screen: 'activity' }) };

/** As many as there is room for; the sentence above tells how many there are. */
function Originals({ assets }: { assets: readonly AssetSummary[] }) {
  return (
    <ul className="grid h-36 w-32 shrink-0 grid-cols-3 content-start gap-1 overflow-hidden">
      {assets.slice(0, 9).map((asset) => (
        <li key={asset.id}>
          <img
            src={assetUrl(asset.thumbnails?.small ?? asset.hash)}
            alt={asset.headline}
            className="aspect-square w-full rounded-small border bg-page object-contain"
          />
        </li>
      ))}
    </ul>
  );
}

function Original({ asset }: { asset: AssetSummary }) {
  return (
    <img
      src={assetUrl(asset.thumbnails?.medium ?? asset.hash)}
      alt={asset.headline}
      className="h-36 w-32 shrink-0 rounded-control border bg-page object-contain"
    />
  );
}

function FormatChips({
  chosen,
  hasOwn,
  onChange,
}: {
  chosen: Formats;
  hasOwn: boolean;
  onChange: (formatIds: Formats) => void;
}) {
  const named = chosen === 'own' ? [] : chosen;
  const { data: formats = [] } = useQuery(formatQueries.list());
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-12 text-ink-soft">{message('review.varyFormats')}</legend>
      <div className="flex flex-wrap gap-1">
        {hasOwn ? (
          <ToggleChip pressed={chosen === 'own'} onPress={() => onChange('own')}>
            {message('review.varyOwnFormat')}
          </ToggleChip>
        ) : null}
        {formats.map(({ id, name, ratio }) => (
          <ToggleChip
            key={id}
            pressed={named.includes(id)}
            onPress={() => onChange(named.includes(id) ? named.filter((other) => other !== id) : [...named, id])}
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
