import { PanelRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { message } from '../lib/messages/message.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { toggleInspector, usePreferences } from './preferences.ts';
import { useActions } from './use-actions.ts';

export interface ScreenProps {
  title: string;
  /** Beside the title: which brief, which batch, counts. */
  context?: ReactNode;
  /** Right of the middle: filters and view controls. */
  filters?: ReactNode;
  /** Far right, the primary one last. */
  actions?: ReactNode;
  /** What is selected. Left out where the screen has nothing to inspect. */
  inspector?: ReactNode;
  inspectorSize?: 'regular' | 'wide';
  children: ReactNode;
}

/** Every screen's layout: header, the work, and the collapsible inspector. The work scrolls by itself. */
export function Screen({
  title,
  context,
  filters,
  actions,
  inspector,
  inspectorSize = 'regular',
  children,
}: ScreenProps) {
  const inspectorOpen = usePreferences((state) => state.inspectorOpen);
  const hasInspector = inspector !== undefined;
  useActions(
    hasInspector
      ? [
          {
            id: 'frame.toggleInspector',
            title: message('action.toggleInspector'),
            keys: ['i'],
            scope: 'frame',
            run: toggleInspector,
          },
        ]
      : [],
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-3 border-b bg-panel px-4">
        <h1 className="text-15 font-semibold whitespace-nowrap">{title}</h1>
        <div className="flex min-w-0 flex-1 items-center gap-2">{context}</div>
        {filters ? <div className="flex shrink-0 items-center gap-2">{filters}</div> : null}
        {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
        {hasInspector ? (
          <IconButton
            icon={PanelRight}
            label={message('action.toggleInspector')}
            keys="i"
            pressed={inspectorOpen}
            onClick={toggleInspector}
            className="-mr-1.5"
          />
        ) : null}
      </header>
      <div className="flex min-h-0 flex-1">
        <main id="work" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
        {hasInspector && inspectorOpen ? (
          <aside
            aria-label={message('frame.inspector')}
            // It may hold nothing that takes focus: keys reach it itself, and scroll it.
            tabIndex={0}
            className={classNames(
              'flex shrink-0 flex-col overflow-y-auto border-l bg-panel -outline-offset-2',
              inspectorSize === 'wide' ? 'w-[372px]' : 'w-[304px]',
            )}
          >
            {inspector}
          </aside>
        ) : null}
      </div>
    </div>
  );
}

/** A titled part of an inspector. */
export function InspectorSection({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="border-b px-4 py-3 last:border-b-0">
      <div className="mb-2 flex h-5 items-center justify-between gap-2">
        <h2 className="text-12 font-medium text-ink-soft">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
