import { useQuery } from '@tanstack/react-query';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { LoraList } from './lora-list.tsx';
import { SheetSection } from './sheet-section.tsx';
import { StyleReferences } from './style-references.tsx';
import { WordList } from './word-list.tsx';

const STARTER = '';

export function StyleSheet(draft: KitDraft) {
  const { kit, change } = draft;
  const { style } = kit;
  const { data: models } = useQuery(systemQueries.models());
  const others = (models ?? [])
    .filter((model) => model.kind === 'image' && !model.shipped && model.lora === undefined)
    .map(({ name }) => name);
  const names = style.model !== null && !others.includes(style.model) ? [...others, style.model] : others;
  const options = [
    { value: STARTER, label: message('brand.style.starter') },
    ...names.map((name) => ({ value: name, label: name })),
  ];
  return (
    <SheetSection title={message('brand.style')}>
      <div className="grid grid-cols-2 gap-4 @max-[28.75rem]:grid-cols-1">
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
          <LoraList {...draft} />
        </div>
      </div>
      <div className="mt-4">
        <StyleReferences {...draft} />
      </div>
    </SheetSection>
  );
}
