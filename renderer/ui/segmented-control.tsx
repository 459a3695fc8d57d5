import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
  /** Needed when the label is a picture. */
  name?: string;
}

export interface SegmentedControlProps<Value extends string> {
  label: string;
  value: Value;
  segments: readonly Segment<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few, all in sight. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  segments,
  onChange,
  className,
}: SegmentedControlProps<Value>) {
  function change(next: string) {
    const segment = segments.find((candidate) => candidate.value === next);
    if (segment) onChange(segment.value);
  }
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={change}
      className={classNames(
        'inline-flex h-7 shrink-0 items-center gap-px rounded-control border border-line bg-page p-0.5',
        className,
      )}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          aria-label={segment.name}
          className="inline-flex h-full items-center gap-1.5 rounded-small px-2 text-12 whitespace-nowrap text-ink-soft transition-colors hover:text-ink data-[state=on]:bg-pressed data-[state=on]:text-ink"
        >
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
