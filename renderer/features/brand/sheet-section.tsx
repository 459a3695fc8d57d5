import type { ReactNode } from 'react';

/** One part of the sheet: its name at the left, its content beside it. */
export function SheetSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[7rem_minmax(0,1fr)] gap-6 border-b px-6 py-5 max-columns:grid-cols-1 max-columns:gap-3 max-columns:px-4 last:border-b-0">
      <div className="flex flex-col items-start gap-2">
        <h2 className="text-13 font-medium">{title}</h2>
        {aside}
      </div>
      <div className="@container min-w-0">{children}</div>
    </section>
  );
}
