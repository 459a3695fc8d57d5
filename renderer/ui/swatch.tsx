import { classNames } from '../lib/class-names.ts';

/** A flat field of one colour. `hex` is #rrggbb. */
export function Swatch({ hex, label, className }: { hex: string; label?: string; className?: string }) {
  return (
    <span
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      className={classNames('inline-block shrink-0 rounded-small border border-ink/15', className ?? 'size-4')}
      style={{ backgroundColor: hex }}
    />
  );
}
