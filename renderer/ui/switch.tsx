import { Switch as RadixSwitch } from 'radix-ui';
import { useId } from 'react';

export interface SwitchProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Switch({ label, checked, onChange, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex h-7 items-center gap-2">
      <RadixSwitch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-pressed px-px transition-colors disabled:opacity-45 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <RadixSwitch.Thumb className="block size-3 rounded-full bg-ink transition-transform data-[state=checked]:translate-x-3 data-[state=checked]:bg-accent-ink" />
      </RadixSwitch.Root>
      <label htmlFor={id} className="text-13 whitespace-nowrap text-ink-soft">
        {label}
      </label>
    </div>
  );
}
