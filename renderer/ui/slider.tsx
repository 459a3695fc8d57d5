import { Slider as RadixSlider } from 'radix-ui';
import { classNames } from '../lib/class-names.ts';

export interface SliderProps {
  label: string;
  labelHidden?: boolean;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The number with its unit, as shown and as read out. */
  valueText?: string;
  onChange: (value: number) => void;
  onCommit?: (value: number) => void;
  className?: string;
}

export function Slider({
  label,
  labelHidden = false,
  value,
  min,
  max,
  step = 1,
  valueText,
  onChange,
  onCommit,
  className,
}: SliderProps) {
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      {labelHidden ? null : (
        <div className="flex items-end justify-between gap-2 text-12">
          <span className="min-w-0 text-ink-soft">{label}</span>
          <span className="tabular shrink-0 whitespace-nowrap text-ink">{valueText ?? value}</span>
        </div>
      )}
      <RadixSlider.Root
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([next]) => next !== undefined && onChange(next)}
        onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
        className="relative flex h-5 w-full touch-none items-center select-none"
      >
        <RadixSlider.Track className="relative h-1 grow rounded-full bg-pressed">
          <RadixSlider.Range className="absolute h-full rounded-full bg-ink-faint" />
        </RadixSlider.Track>
        <RadixSlider.Thumb
          aria-label={label}
          aria-valuetext={valueText}
          className="block size-3.5 rounded-full border border-line-strong bg-ink transition-transform hover:scale-110"
        />
      </RadixSlider.Root>
    </div>
  );
}
