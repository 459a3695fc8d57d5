import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';

/** As in the contract, which allows weights from -4 to 4; what people use lies well inside. */
const MAX_LORAS = 16;
const WIDEST_WEIGHT = 2;
const FIRST_WEIGHT = 0.8;
const NONE = '';

/** The LoRAs that change every picture of the brand, with their weights; chosen from those that are installed. */
export function LoraList({ kit, change }: KitDraft) {
  const { loras } = kit.style;
  const { data: models } = useQuery(systemQueries.models());
  const installed = (models ?? []).filter(({ lora }) => lora !== undefined);
  const free = installed.filter(({ name }) => !loras.some((use) => use.name === name));
  const setLoras = (next: typeof loras) => change({ style: { ...kit.style, loras: next } });
  const describe = (name: string) => {
    if (models === undefined) return null;
    const model = installed.find((candidate) => candidate.name === name);
    if (model === undefined) return message('brand.style.loraMissing');
    return model.problem;
  };
  return (
    <div className="flex flex-col gap-2">
      <span className="text-12 text-ink-soft">{message('brand.style.loras')}</span>
      {loras.map((use, index) => {
        const widest = Math.max(WIDEST_WEIGHT, Math.abs(use.weight));
        const problem = describe(use.name);
        return (
          <div key={use.name} className="flex flex-col gap-1 rounded-control border bg-panel py-1.5 pr-1 pl-2.5">
            <div className="grid grid-cols-[minmax(0,1fr)_1.75rem] items-center gap-2">
              <Slider
                label={use.name}
                value={use.weight}
                min={-widest}
                max={widest}
                step={0.05}
                valueText={`× ${formatNumber(use.weight)}`}
                onChange={(weight) => setLoras(loras.map((other, at) => (at === index ? { ...other, weight } : other)))}
              />
              <IconButton
                icon={X}
                label={message('brand.words.remove', { word: use.name })}
                onClick={() => setLoras(loras.filter((_, at) => at !== index))}
              />
            </div>
            {problem === null ? null : <p className="text-12 text-redo">{problem}</p>}
          </div>
        );
      })}
      {free.length > 0 && loras.length < MAX_LORAS ? (
        <Select
          label={message('brand.style.addLora')}
          labelHidden
          value={NONE}
          options={[
            { value: NONE, label: message('brand.style.addLora') },
            ...free.map(({ name, lora, problem }) => ({
              value: name,
              label: message('brand.style.loraFor', { name, base: lora?.base ?? '' }),
              disabled: problem !== null,
            })),
          ]}
          onChange={(name) => name !== NONE && setLoras([...loras, { name, hash: '', weight: FIRST_WEIGHT }])}
        />
      ) : loras.length === 0 ? (
        <p className="text-12 text-ink-faint">{message('brand.style.noLoras')}</p>
      ) : null}
    </div>
  );
}
