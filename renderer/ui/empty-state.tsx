import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** One sentence on what lives here, one action, and a sample to try where there is one. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon?: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 p-8 text-center">
      {Icon ? <Icon size={24} strokeWidth={1.25} aria-hidden className="text-ink-faint" /> : null}
      <div className="flex max-w-105 flex-col gap-1">
        <h2 className="text-15 font-semibold">{title}</h2>
        {children ? <p className="text-13 text-pretty text-ink-soft">{children}</p> : null}
      </div>
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
