import { create } from 'zustand';

/** Panels that lie over the work while the window is too small to hold them beside it. A visit to another screen closes them. */
export const useDrawers = create<{ rail: boolean; inspector: boolean }>()(() => ({ rail: false, inspector: false }));

export function toggleDrawer(name: 'rail' | 'inspector'): void {
  useDrawers.setState((drawers) => ({ [name]: !drawers[name] }));
}

export function closeDrawers(): void {
  useDrawers.setState({ rail: false, inspector: false });
}
