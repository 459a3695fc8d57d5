import { useSyncExternalStore } from 'react';

/** How many panels there is room for, see the page's README: one column, icons and the work, these and the inspector, or everything. */
export type Room = 'column' | 'narrow' | 'medium' | 'wide';

/** Widths from which there is more room; the same as the breakpoints in `ui/tokens.css`. In rem, so that larger text counts as a smaller window. */
const steps = (['48rem', '60rem', '72rem'] as const).map((width) => window.matchMedia(`(width >= ${width})`));
const rooms: readonly Room[] = ['column', 'narrow', 'medium', 'wide'];

function subscribe(listener: () => void): () => void {
  for (const step of steps) step.addEventListener('change', listener);
  return () => steps.forEach((step) => step.removeEventListener('change', listener));
}

function measure(): Room {
  return rooms[steps.filter(({ matches }) => matches).length] ?? 'wide';
}

export function useRoom(): Room {
  return useSyncExternalStore(subscribe, measure);
}

/** Whether the inspector has a place of its own beside the work. */
export function hasPlaceForInspector(room: Room): boolean {
  return room === 'medium' || room === 'wide';
}
