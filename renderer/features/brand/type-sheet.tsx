import { X } from 'lucide-react';
import { message } from '../../lib/messages/message.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { fontFamilyOf, useKitFont } from './use-kit-font.ts';

/** The kit's own fonts, set large and small. */
export function TypeSheet({ draft }: { draft: KitDraft }) {
  return (
    <SheetSection title={message('brand.type')}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(17.5rem,100%),1fr))] gap-3">
        <Specimen part="headline" draft={draft} />
        <Specimen part="body" draft={draft} />
      </div>
      <TypeScale draft={draft} />
      <Fallbacks draft={draft} />
    </SheetSection>
  );
}

function Specimen({ part, draft: { kit, files, change } }: { part: 'headline' | 'body'; draft: KitDraft }) {
  const typeface = kit.type[part];
  const hash = files[typeface.file];
  const state = useKitFont(hash);
  const family = hash !== undefined && state === 'ready' ? { fontFamily: `'${fontFamilyOf(hash)}'` } : {};
  const isHeadline = part === 'headline';
  return (
    <div className="flex flex-col gap-3 rounded-control border bg-panel p-4">
      <div className="flex items-baseline justify-between gap-3 text-12 text-ink-faint">
        <span>{message(`brand.type.${part}`)}</span>
        <span className="truncate text-ink">{typeface.family}</span>
      </div>
      <p
        style={family}
        className={isHeadline ? 'min-h-20 text-[2.125rem] leading-10 text-balance' : 'min-h-20 text-15 text-pretty'}
      >
        {message(isHeadline ? 'brand.type.sample' : 'brand.type.sampleBody')}
      </p>
      {state === 'failed' ? <p className="text-12 text-redo">{message('brand.type.failed')}</p> : null}
      <p className="truncate font-mono text-12 text-ink-faint">{typeface.file}</p>
      <Slider
        label={message('brand.type.minSize')}
        value={typeface.minSizePx}
        min={6}
        max={200}
        valueText={`${typeface.minSizePx} px`}
        onChange={(minSizePx) => change({ type: { ...kit.type, [part]: { ...typeface, minSizePx } } })}
      />
      <Slider
        label={message('brand.type.weight')}
        value={typeface.weight}
        min={100}
        max={1000}
        step={50}
        onChange={(weight) => change({ type: { ...kit.type, [part]: { ...typeface, weight } } })}
      />
    </div>
  );
}

const SCALE_STEPS = 5;
const SCALE_BASE_PX = 13;

/** The sizes that the ratio makes, from the body's upwards. */
function TypeScale({ draft: { kit, change } }: { draft: KitDraft }) {
  const { scale } = kit.type;
  return (
    <div className="mt-3 grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)] items-end gap-6 @max-[28.75rem]:grid-cols-1">
      <Slider
        label={message('brand.type.scale')}
        value={scale}
        min={1}
        max={2}
        step={0.05}
        valueText={message('brand.type.scaleValue', { value: scale.toFixed(2) })}
        onChange={(next) => change({ type: { ...kit.type, scale: next } })}
      />
      <div aria-hidden className="flex min-h-14 flex-wrap items-end gap-x-4 text-ink-soft">
        {Array.from({ length: SCALE_STEPS }, (_, step) => (
          <span
            key={step}
            className="leading-none"
            style={{ fontSize: `${Math.min(56, SCALE_BASE_PX * scale ** step)}px` }}
          >
            Aa
          </span>
        ))}
      </div>
    </div>
  );
}

function Fallbacks({ draft: { kit, change } }: { draft: KitDraft }) {
  const { fallbacks } = kit.type;
  return (
    <div className="mt-3 flex flex-col gap-1 text-12">
      <span className="text-ink-soft">{message('brand.type.fallbacks')}</span>
      {fallbacks.length === 0 ? <p className="text-ink-faint">{message('brand.type.noFallbacks')}</p> : null}
      {fallbacks.map((face, index) => (
        <div key={face.file} className="flex h-7 items-center gap-3 border-b last:border-b-0">
          <span className="min-w-0 flex-1 truncate">{`${face.family} ${face.weight}`}</span>
          <span className="truncate font-mono text-ink-faint">{face.file}</span>
          <IconButton
            small
            icon={X}
            label={message('brand.words.remove', { word: face.family })}
            onClick={() => change({ type: { ...kit.type, fallbacks: fallbacks.filter((_, at) => at !== index) } })}
          />
        </div>
      ))}
    </div>
  );
}
