import { classNames } from '../lib/class-names.ts';
import { keyCaps } from '../lib/keys.ts';

/** The keys of an action, as caps. `keys` is written as in the action registry: "mod+k", "shift+d", "space". */
export function Kbd({ keys, className }: { keys: string; className?: string | undefined }) {
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-0.5', className)}>
      {keyCaps(keys).map((cap) => (
        <kbd
          key={cap}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-small border border-line-strong/60 bg-page/40 px-1 font-sans text-11 leading-none text-ink-soft"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
