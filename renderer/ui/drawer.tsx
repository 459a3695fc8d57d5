import { Dialog as RadixDialog } from 'radix-ui';
import type { ReactNode } from 'react';

/** A modal pane at the left edge. `data-modal` tells the key dispatcher that the keys of the screen behind it rest. */
export function Drawer({
  open,
  onOpenChange,
  title,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  children: ReactNode;
}) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-scrim" />
        <RadixDialog.Content
          data-modal
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-40 flex max-w-full bg-panel shadow-float outline-none"
        >
          <RadixDialog.Title className="sr-only">{title}</RadixDialog.Title>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
