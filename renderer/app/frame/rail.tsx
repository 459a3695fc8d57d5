import { ChevronsLeft, ChevronsRight, Keyboard, Monitor, Moon, Search, Sun, UserRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useQuery } from '@tanstack/react-query';
import type { MouseEvent } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { peopleQueries, systemQueries } from '../../rpc/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { runAction } from '../actions.ts';
import type { Room } from '../../lib/use-room.ts';
import { closeDrawers } from '../drawers.ts';
import { cycleTheme, usePreferences } from '../preferences.ts';
import type { Theme } from '../preferences.ts';
import { formatRoute } from '../routes.ts';
import type { ScreenName } from '../routes.ts';
import { useRoute } from '../use-route.ts';
import { destinationOf, screenEntries } from './navigation.ts';

const themeIcons: Record<Theme, LucideIcon> = { system: Monitor, dark: Moon, light: Sun };

export type RailProps = {
  readonly room: Room | 'drawer';
  /** Is told which screen comes next, ahead of its address. */
  readonly prepare: (screen: ScreenName) => void;
};

/** The screens, and what is always at hand. Folded to its icons by choice, or where there is no room for words; in the drawer it is whole. */
export function Rail({ room, prepare }: RailProps) {
  const isFolded = usePreferences((state) => state.railCollapsed);
  const collapsed = room === 'wide' ? isFolded : room !== 'drawer';
  const theme = usePreferences((state) => state.theme);
  // The entries lead to the brief in hand, so they follow it.
  usePreferences((state) => state.briefId);
  const { screen: current } = useRoute();

  return (
    <nav
      aria-label={message('frame.screens')}
      className={classNames('flex shrink-0 flex-col border-r bg-panel', collapsed ? 'w-12' : 'w-42')}
      onClick={room === 'drawer' ? closeAfterVisit : undefined}
    >
      <LibraryName collapsed={collapsed} />
      <div className="px-2 pb-2">
        <PaletteButton collapsed={collapsed} />
      </div>
      <ul className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-2">
        {screenEntries.map(({ screen, title, icon: Icon, keys, atFoot }, index) => (
          <li key={screen} className={atFoot && !screenEntries[index - 1]?.atFoot ? 'mt-auto' : ''}>
            <Tooltip label={message('action.goTo', { screen: title })} keys={keys} side="right">
              <a
                href={formatRoute(destinationOf(screen))}
                onPointerDown={() => screen !== current && prepare(screen)}
                aria-current={screen === current ? 'page' : undefined}
                aria-label={collapsed ? title : undefined}
                className={classNames(
                  'flex h-8 items-center gap-2.5 rounded-control px-2 text-13 text-ink-soft transition-colors hover:bg-hover hover:text-ink aria-[current]:bg-pressed aria-[current]:font-medium aria-[current]:text-ink',
                  collapsed && 'justify-center px-0',
                )}
              >
                <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
                {collapsed ? null : title}
              </a>
            </Tooltip>
          </li>
        ))}
      </ul>
      <Myself collapsed={collapsed} />
      <div className={classNames('flex gap-0.5 p-2', collapsed ? 'flex-col items-center' : 'items-center')}>
        <IconButton
          icon={themeIcons[theme]}
          label={message(`theme.${theme}`)}
          keys="shift+t"
          side="top"
          onClick={cycleTheme}
        />
        <IconButton
          icon={Keyboard}
          label={message('action.keySheet')}
          keys="?"
          side="top"
          onClick={() => runAction('frame.keySheet')}
        />
        <IconButton
          icon={collapsed ? ChevronsRight : ChevronsLeft}
          label={message(collapsed ? 'frame.expandRail' : 'frame.collapseRail')}
          keys="["
          side="top"
          onClick={() => runAction('frame.toggleRail')}
          className={collapsed ? '' : 'ml-auto'}
        />
      </div>
    </nav>
  );
}

/** A link of the drawer also closes it, on the screen that is shown too. */
function closeAfterVisit(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('a, button')) closeDrawers();
}

function LibraryName({ collapsed }: { collapsed: boolean }) {
  const { data: about } = useQuery(systemQueries.about());
  const name = about?.libraryName ?? message('app.name');
  return (
    <div
      className={classNames(
        'flex h-11 shrink-0 items-center gap-2 overflow-hidden',
        collapsed ? 'justify-center' : 'px-4',
      )}
    >
      {collapsed ? (
        <img src="./icon.svg" alt={name} className="size-5" />
      ) : (
        <span className="truncate text-13 font-semibold" title={name}>
          {name}
        </span>
      )}
      {!collapsed && about?.readOnly ? <Badge tone="redo">{message('frame.readOnly')}</Badge> : null}
    </div>
  );
}

/** Whose verdicts and work it will be; leads to where that is set. */
function Myself({ collapsed }: { collapsed: boolean }) {
  const { data: me } = useQuery(peopleQueries.me());
  if (me?.kind !== 'person') return null;
  const { name } = me.person;
  const role = message(`role.${me.person.role}`);
  const label = message('frame.me', { name, role });
  return (
    <div className="border-t px-2 pt-2">
      <Tooltip label={label} side="right">
        <a
          href={formatRoute({ screen: 'settings' })}
          aria-label={collapsed ? label : undefined}
          className={classNames(
            'flex h-8 items-center gap-2.5 rounded-control px-2 text-12 text-ink-soft transition-colors hover:bg-hover hover:text-ink',
            collapsed && 'justify-center px-0',
          )}
        >
          <UserRound size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
          {collapsed ? null : (
            <>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="shrink-0 text-11 text-ink-faint">{role}</span>
            </>
          )}
        </a>
      </Tooltip>
    </div>
  );
}

function PaletteButton({ collapsed }: { collapsed: boolean }) {
  if (collapsed)
    return (
      <IconButton icon={Search} label={message('frame.palette')} keys="mod+k" side="right" onClick={openPalette} />
    );
  return (
    <button
      type="button"
      onClick={openPalette}
      className="flex h-7 w-full items-center gap-2 rounded-control border border-line bg-page px-2 text-12 text-ink-faint transition-colors hover:border-line-strong hover:text-ink-soft"
    >
      <Search size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="flex-1 truncate text-left">{message('frame.palette.short')}</span>
      <Kbd keys="mod+k" />
    </button>
  );
}

function openPalette(): void {
  runAction('frame.palette');
}
