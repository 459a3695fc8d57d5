import type { BrandKit } from '../../../electron/contract/brand.ts';
import { formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { Slider } from '../../ui/slider.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';

type Thresholds = BrandKit['thresholds'];
interface Limit {
  name: keyof Thresholds;
  min: number;
  max: number;
  step: number;
  format: (value: number) => string;
}

const percent = (value: number) => `${formatNumber(Math.round(value * 1000) / 10)} %`;
const plain = (value: number) => formatNumber(value);

/** The ranges are those within which people set a limit; the contract allows some wider ones, which a kit file may hold. */
const limits: readonly Limit[] = [
  {
    name: 'paletteDistance',
    min: 0,
    max: 40,
    step: 0.5,
    format: (value) => message('brand.palette.toleranceValue', { value: formatNumber(value) }),
  },
  { name: 'offPalette', min: 0, max: 1, step: 0.01, format: percent },
  {
    name: 'contrast',
    min: 1,
    max: 21,
    step: 0.5,
    format: (value) => message('brand.limits.ratio', { value: formatNumber(value) }),
  },
  { name: 'safeArea', min: 0, max: 1, step: 0.01, format: percent },
  {
    name: 'readingLevel',
    min: 10,
    max: 100,
    step: 1,
    format: (value) => message('brand.limits.lix', { value: plain(value) }),
  },
  { name: 'styleDistance', min: 0, max: 2, step: 0.01, format: (value) => value.toFixed(2) },
  { name: 'sameness', min: 0, max: 0.2, step: 0.005, format: (value) => value.toFixed(3) },
  { name: 'enlargement', min: 1, max: 32, step: 0.5, format: (value) => `${plain(value)} ×` },
  {
    name: 'tries',
    min: 1,
    max: 6,
    step: 1,
    format: (value) => (value === 1 ? message('brand.limits.once') : message('brand.limits.times', { count: value })),
  },
];

/** What a picture is held against, and how often one that fails is made in all. */
export function LimitsSheet({ kit, change }: KitDraft) {
  const { thresholds } = kit;
  return (
    <SheetSection title={message('brand.limits')}>
      <div className="grid grid-cols-3 gap-x-6 gap-y-4 @max-[38.75rem]:grid-cols-2 @max-[25rem]:grid-cols-1">
        {limits.map(({ name, min, max, step, format }) => (
          <Slider
            key={name}
            label={message(`brand.limits.${name}`)}
            value={thresholds[name]}
            min={min}
            max={Math.max(max, thresholds[name])}
            step={step}
            valueText={format(thresholds[name])}
            onChange={(value) => change({ thresholds: { ...thresholds, [name]: value } })}
          />
        ))}
      </div>
      <p className="mt-3 text-12 text-ink-faint">{message('brand.limits.note')}</p>
    </SheetSection>
  );
}
