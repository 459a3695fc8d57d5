import { useEffect, useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { message } from '../../lib/messages/message.ts';
import { useEventFeed } from '../../rpc/use-events.ts';
import { useStatusFeed } from '../../rpc/use-status.ts';
import { useRoom } from '../../lib/use-room.ts';
import { closeDrawers, toggleDrawer, useDrawers } from '../drawers.ts';
import { cycleSurround, cycleTheme, toggleRail } from '../preferences.ts';
import { Drawer } from '../../ui/drawer.tsx';
import { Toasts } from '../toasts.tsx';
import { useActions, useKeyDispatch } from '../use-actions.ts';
import type { ScreenName } from '../routes.ts';
import { navigate, useRoute } from '../use-route.ts';
import { CommandPalette } from './command-palette.tsx';
import { KeySheet } from './key-sheet.tsx';
import { destinationOf, screenEntries } from './navigation.ts';
import { Rail } from './rail.tsx';
import { StatusBar } from './status-bar.tsx';
import { useRestartNotice } from './use-restart-notice.ts';
import { useShortenedTitles } from './use-shortened-titles.ts';

/** What stands around every screen. `prepare` is told which screen comes next, ahead of its address. */
export function Frame({ children, prepare }: { children: ReactNode; prepare: (screen: ScreenName) => void }) {
  const [pane, setPane] = useState<'palette' | 'keys' | null>(null);
  const { screen } = useRoute();
  const room = useRoom();
  const railOpen = useDrawers((state) => state.rail) && room !== 'wide';
  useFocusOnWork(screen);
  useStatusFeed();
  useEventFeed();
  useKeyDispatch();
  useRestartNotice();
  useShortenedTitles();
  useActions([
    {
      id: 'frame.palette',
      title: message('action.palette'),
      keys: ['mod+k'],
      scope: 'frame',
      run: () => setPane('palette'),
      unlisted: true,
    },
    {
      id: 'frame.keySheet',
      title: message('action.keySheet'),
      keys: ['?'],
      scope: 'frame',
      run: () => setPane('keys'),
    },
    ...screenEntries.map((entry) => ({
      id: `frame.goTo.${entry.screen}`,
      title: message('action.goTo', { screen: entry.title }),
      keys: [entry.keys],
      scope: 'frame' as const,
      run: () => {
        prepare(entry.screen);
        navigate(destinationOf(entry.screen));
      },
    })),
    {
      id: 'frame.cycleSurround',
      title: message('action.cycleSurround'),
      keys: ['\\'],
      scope: 'frame',
      run: cycleSurround,
    },
    { id: 'frame.cycleTheme', title: message('action.cycleTheme'), keys: ['shift+t'], scope: 'frame', run: cycleTheme },
    {
      id: 'frame.toggleRail',
      title: message('action.toggleRail'),
      keys: ['['],
      scope: 'frame',
      run: () => (room === 'wide' ? toggleRail() : toggleDrawer('rail')),
    },
  ]);
  return (
    <div className="flex h-full flex-col">
      <a
        href="#work"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded-control focus:bg-raised focus:px-3 focus:py-1"
        onClick={focusWork}
      >
        {message('frame.skip')}
      </a>
      <div className="flex min-h-0 flex-1">
        {room === 'column' ? null : <Rail room={room} prepare={prepare} />}
        {children}
      </div>
      <StatusBar />
      <Drawer open={railOpen} onOpenChange={closeDrawers} title={message('frame.screens')}>
        <Rail room="drawer" prepare={prepare} />
      </Drawer>
      <Toasts />
      <CommandPalette open={pane === 'palette'} onOpenChange={(open) => setPane(open ? 'palette' : null)} />
      <KeySheet open={pane === 'keys'} onOpenChange={(open) => setPane(open ? 'keys' : null)} />
    </div>
  );
}

/** The address stays what it is: it names a screen, not a place in the page. */
function focusWork(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('work')?.focus();
}

/** A screen that was reached through the rail or the status bar takes the focus over, so that its keys (Space above all) mean its work and not the link. */
function useFocusOnWork(screen: string): void {
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    const { activeElement } = document;
    if (activeElement?.closest('nav, footer'))
      document.querySelector<HTMLElement>('#work')?.focus({ preventScroll: true });
  }, [screen]);
}
