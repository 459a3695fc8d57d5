import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { TextArea } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { StyleReferences } from './style-references.tsx';
import { WordList } from './word-list.tsx';

export function VoiceSheet({ kit, problems, change }: KitDraft) {
  const { voice } = kit;
  return (
    <SheetSection title={message('brand.voice')}>
      <div className="grid grid-cols-2 gap-4 @max-[460px]:grid-cols-1">
        <TextArea
          label={message('brand.voice.tone')}
          rows={4}
          value={voice.tone}
          maxLength={300}
          error={problems.get('voice.tone')}
          onChange={(event) => change({ voice: { ...voice, tone: event.target.value } })}
        />
        <div className="flex flex-col gap-3">
          <WordList
            label={message('brand.voice.say')}
            words={voice.say}
            onChange={(say) => change({ voice: { ...voice, say } })}
          />
          <WordList
            label={message('brand.voice.neverSay')}
            words={voice.neverSay}
            onChange={(neverSay) => change({ voice: { ...voice, neverSay } })}
          />
          <WordList
            label={message('brand.voice.languages')}
            words={voice.languages}
            onChange={(languages) => change({ voice: { ...voice, languages } })}
          />
        </div>
      </div>
    </SheetSection>
  );
}

const STARTER = '';

export function StyleSheet(draft: KitDraft) {
  const { kit, change } = draft;
  const { style } = kit;
  const { data: models } = useQuery(systemQueries.models());
  const others = (models ?? []).filter((model) => model.kind === 'image' && !model.shipped).map(({ name }) => name);
  const names = style.model !== null && !others.includes(style.model) ? [...others, style.model] : others;
  const options = [
    { value: STARTER, label: message('brand.style.starter') },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  return (
    <SheetSection title={message('brand.style')}>
      <div className="grid grid-cols-2 gap-4 @max-[460px]:grid-cols-1">
        <div className="flex flex-col gap-3">
          <WordList
            label={message('brand.style.promptParts')}
            words={style.promptParts}
            onChange={(promptParts) => change({ style: { ...style, promptParts } })}
          />
          <WordList
            label={message('brand.style.negativeTerms')}
            words={style.negativeTerms}
            onChange={(negativeTerms) => change({ style: { ...style, negativeTerms } })}
          />
        </div>
        <div className="flex flex-col gap-3">
          <Slider
            label={message('brand.style.guidance')}
            value={style.paletteGuidance}
            min={0}
            max={1}
            step={0.05}
            valueText={
              style.paletteGuidance === 0
                ? message('brand.style.guidanceOff')
                : `${formatNumber(style.paletteGuidance * 100)} %`
            }
            onChange={(paletteGuidance) => change({ style: { ...style, paletteGuidance } })}
          />
          <Select
            label={message('brand.style.model')}
            value={style.model ?? STARTER}
            options={options}
            onChange={(model) => change({ style: { ...style, model: model === STARTER ? null : model } })}
          />
          {style.loras.length > 0 ? (
            <p className="text-12 text-ink-soft">
              {message('brand.style.loras')}:{' '}
              {style.loras.map((lora) => `${lora.name} × ${formatNumber(lora.weight)}`).join(', ')}
            </p>
          ) : null}
        </div>
      </div>
      <div className="mt-4">
        <StyleReferences {...draft} />
      </div>
    </SheetSection>
  );
}

export function LimitsSheet({ kit, change }: KitDraft) {
  const { thresholds } = kit;
  return (
    <SheetSection title={message('brand.limits')}>
      <div className="grid grid-cols-3 gap-6 @max-[620px]:grid-cols-1 @max-[620px]:gap-3">
        <Slider
          label={message('brand.limits.paletteDistance')}
          value={thresholds.paletteDistance}
          min={0}
          max={40}
          step={0.5}
          valueText={message('brand.palette.toleranceValue', { value: formatNumber(thresholds.paletteDistance) })}
          onChange={(paletteDistance) => change({ thresholds: { ...thresholds, paletteDistance } })}
        />
        <Slider
          label={message('brand.limits.contrast')}
          value={thresholds.contrast}
          min={1}
          max={21}
          step={0.5}
          valueText={message('brand.limits.ratio', { value: formatNumber(thresholds.contrast) })}
          onChange={(contrast) => change({ thresholds: { ...thresholds, contrast } })}
        />
        <Slider
          label={message('brand.limits.safeArea')}
          value={thresholds.safeArea}
          min={0}
          max={1}
          step={0.01}
          valueText={`${formatNumber(thresholds.safeArea * 100)} %`}
          onChange={(safeArea) => change({ thresholds: { ...thresholds, safeArea } })}
        />
      </div>
      <p className="mt-2 text-12 text-ink-faint">{message('brand.limits.note')}</p>
    </SheetSection>
  );
}
