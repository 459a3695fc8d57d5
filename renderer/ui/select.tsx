import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { controlFrame, Field } from './field.tsx';

export interface SelectOption<Value extends string> {
  value: Value;
  label: string;
  disabled?: boolean;
}

export interface SelectProps<Value extends string> {
  label: ReactNode;
  labelHidden?: boolean;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  hint?: ReactNode;
  className?: string;
  disabled?: boolean;
}

/** One of several. It is the platform's own list, drawn in our surface where the browser can. */
export function Select<Value extends string>({
  label,
  labelHidden,
  value,
  options,
  onChange,
  hint,
  className,
  disabled = false,
}: SelectProps<Value>) {
  function change(chosen: string) {
    const option = options.find((candidate) => candidate.value === chosen);
    if (option) onChange(option.value);
  }
  return (
    <Field label={label} hint={hint} className={className} {...(labelHidden ? { labelHidden } : {})}>
      {(ids) => (
        <span className="relative block min-w-0">
          <select
            {...ids}
            value={value}
            disabled={disabled}
            onChange={(event) => change(event.target.value)}
            className={classNames(controlFrame, 'select-list h-7 appearance-none truncate pr-7')}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            size={14}
            aria-hidden
            className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-ink-faint"
          />
        </span>
      )}
    </Field>
  );
}
