import { Menu, PanelRight } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { message } from '../lib/messages/message.ts';
import { hasPlaceForInspector, useRoom } from '../lib/use-room.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { closeDrawers, toggleDrawer, useDrawers } from './drawers.ts';
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

/** Every screen's layout: header, the work, and the inspector, beside the work or over it. The work scrolls by itself. */
export function Screen({
  title,
  context,
  filters,
  actions,
  inspector,
  inspectorSize = 'regular',
  children,
}: ScreenProps) {
  const room = useRoom();
  const isBeside = hasPlaceForInspector(room);
  const openBeside = usePreferences((state) => state.inspectorOpen);
  const openOver = useDrawers((state) => state.inspector);
  const inspectorOpen = isBeside ? openBeside : openOver;
  const toggle = () => (isBeside ? toggleInspector() : toggleDrawer('inspector'));
  useEffect(() => closeDrawers, []);
  const hasInspector = inspector !== undefined;
  useActions(
    hasInspector
      ? [
          {
            id: 'frame.toggleInspector',
            title: message('action.toggleInspector'),
            keys: ['i'],
            scope: 'frame',
            run: toggle,
          },
        ]
      : [],
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-panel px-4 py-1.5">
        <div className="flex min-w-0 flex-1 basis-44 items-center gap-3">
          {room === 'column' ? (
            <IconButton
              icon={Menu}
              label={message('frame.menu')}
              keys="["
              onClick={() => toggleDrawer('rail')}
              className="-ml-1.5"
            />
          ) : null}
          <h1 className="text-15 font-semibold whitespace-nowrap">{title}</h1>
          <div className="flex min-w-0 flex-1 items-center gap-2">{context}</div>
        </div>
        {filters ? (
          <div className="flex min-w-0 flex-wrap items-center gap-2 max-columns:order-last max-columns:w-full max-columns:flex-nowrap max-columns:*:min-w-0 max-columns:[&>*:not(button)]:flex-1">
            {filters}
          </div>
        ) : null}
        {actions ? <div className="ml-auto flex min-w-0 flex-wrap items-center gap-2">{actions}</div> : null}
        {hasInspector ? (
          <IconButton
            icon={PanelRight}
            label={message('action.toggleInspector')}
            keys="i"
            pressed={inspectorOpen}
            onClick={toggle}
            className={classNames('-mr-1.5', actions ? '' : 'ml-auto')}
          />
        ) : null}
      </header>
      <div className="relative flex min-h-0 flex-1">
        <main id="work" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
        {hasInspector && inspectorOpen ? (
          <aside
            aria-label={message('frame.inspector')}
            // It may hold nothing that takes focus: keys reach it itself, and scroll it.
            tabIndex={0}
            className={classNames(
              'flex max-w-full shrink-0 flex-col overflow-y-auto border-l bg-panel -outline-offset-2',
              isBeside ? '' : 'absolute inset-y-0 right-0 z-20 shadow-float',
              inspectorSize === 'wide' ? 'w-93' : 'w-76',
            )}
          >
            {isBeside ? null : <CloseByEscape />}
            {inspector}
          </aside>
        ) : null}
      </div>
    </div>
  );
}

/** A layer of its own, above what the screen does with the same key. */
function CloseByEscape() {
  useActions([
    {
      id: 'frame.closeInspector',
      title: message('action.toggleInspector'),
      keys: ['escape'],
      scope: 'dialog',
      unlisted: true,
      run: closeDrawers,
    },
  ]);
  return null;
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
