import type { ReactNode } from 'react';

/** A titled part of a form; a count and a button may stand at the right of the title. */
export function FormSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <div className="flex h-7 items-center gap-3">
        <h2 className="flex-1 text-13 font-semibold">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
