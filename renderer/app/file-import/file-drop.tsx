import { useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { collectDropped } from './collect-dropped.ts';

function holdsFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer.types.includes('Files');
}

/** A place that takes dropped files and folders, and says so while something is held over it. Text and links that are dragged about are not its business. */
export function FileDrop({
  hint,
  blocked,
  onFiles,
  className,
  children,
}: {
  hint: string;
  /** Why nothing can be dropped; null when it can. */
  blocked: string | null;
  onFiles: (files: File[]) => void;
  className?: string;
  children: ReactNode;
}) {
  const [isOver, setOver] = useState(false);
  return (
    <div
      className={classNames('relative', className)}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = blocked === null ? 'copy' : 'none';
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        if (blocked === null) void collectDropped(event.dataTransfer).then(onFiles);
      }}
    >
      {children}
      {isOver ? (
        <div className="pointer-events-none absolute inset-2 z-20 flex items-center justify-center rounded-control border-2 border-dashed border-accent-text bg-page/85 p-6 text-center text-15">
          {blocked ?? hint}
        </div>
      ) : null}
    </div>
  );
}
