import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { BriefId } from '../../electron/contract/identifiers.ts';

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];
export const surrounds = ['grey', 'black', 'white'] as const;
export type Surround = (typeof surrounds)[number];

interface Preferences {
  theme: Theme;
  surround: Surround;
  railCollapsed: boolean;
  inspectorOpen: boolean;
  /** The brief that was worked on last; Ideate and Produce open on it. */
  briefId: BriefId | null;
}

/** How this window looks, and where work stopped. Kept on this machine, per address. */
export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      theme: 'system',
      surround: 'grey',
      railCollapsed: false,
      inspectorOpen: true,
      briefId: null,
    }),
    { name: 'housestyle.preferences', version: 1 },
  ),
);

function nextOf<Value>(values: readonly [Value, ...Value[]], value: Value): Value {
  return values[(values.indexOf(value) + 1) % values.length] ?? values[0];
}

export function cycleTheme(): void {
  usePreferences.setState(({ theme }) => ({ theme: nextOf(themes, theme) }));
}

export function cycleSurround(): void {
  usePreferences.setState(({ surround }) => ({ surround: nextOf(surrounds, surround) }));
}

export function toggleInspector(): void {
  usePreferences.setState(({ inspectorOpen }) => ({ inspectorOpen: !inspectorOpen }));
}

export function toggleRail(): void {
  usePreferences.setState(({ railCollapsed }) => ({ railCollapsed: !railCollapsed }));
}

/** Remembers the brief in hand, so that every screen opens on it. */
export function rememberBrief(briefId: BriefId): void {
  usePreferences.setState({ briefId });
}
