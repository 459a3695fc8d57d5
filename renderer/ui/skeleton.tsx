import { classNames } from '../lib/class-names.ts';

/** Holds the place of what is on its way. Give it the final size by class. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames('skeleton', className)} />;
}
