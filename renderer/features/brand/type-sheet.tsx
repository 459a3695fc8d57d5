import type { BrandVersion } from '../../../electron/contract/brand.ts';
import { message } from '../../lib/messages/message.ts';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { fontFamilyOf, useKitFont } from './use-kit-font.ts';

/** The kit's own fonts, set large and small. */
export function TypeSheet({ draft, version }: { draft: KitDraft; version: BrandVersion }) {
  return (
    <SheetSection title={message('brand.type')}>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(280px,1fr))] gap-3">
        <Specimen part="headline" draft={draft} version={version} />
        <Specimen part="body" draft={draft} version={version} />
      </div>
    </SheetSection>
  );
}

function Specimen({
  part,
  draft: { kit, change },
  version,
}: {
  part: 'headline' | 'body';
  draft: KitDraft;
  version: BrandVersion;
}) {
  const typeface = kit.type[part];
  const hash = version.files[typeface.file];
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
        className={isHeadline ? 'min-h-20 text-[34px] leading-[40px] text-balance' : 'min-h-20 text-15 text-pretty'}
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
    </div>
  );
}
