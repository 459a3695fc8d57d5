import { Activity, Boxes, Grid3x3, Images, Library, Lightbulb, Palette, Settings, ShieldCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { message } from '../../lib/messages/message.ts';
import { usePreferences } from '../preferences.ts';
import type { ScreenName } from '../routes.ts';
import type { Destination } from '../use-route.ts';

export interface ScreenEntry {
  screen: ScreenName;
  title: string;
  icon: LucideIcon;
  /** Goes there from anywhere. */
  keys: string;
  /** About the studio and not about one campaign: at the foot of the rail. */
  atFoot?: boolean;
}

export const screenEntries: readonly ScreenEntry[] = [
  { screen: 'library', title: message('library.title'), icon: Library, keys: 'alt+1' },
  { screen: 'ideate', title: message('ideate.title'), icon: Lightbulb, keys: 'alt+2' },
  { screen: 'brand', title: message('brand.title'), icon: Palette, keys: 'alt+3' },
  { screen: 'produce', title: message('produce.title'), icon: Grid3x3, keys: 'alt+4' },
  { screen: 'review', title: message('review.title'), icon: Images, keys: 'alt+5' },
  { screen: 'compliance', title: message('compliance.title'), icon: ShieldCheck, keys: 'alt+6' },
  { screen: 'models', title: message('models.title'), icon: Boxes, keys: 'alt+7', atFoot: true },
  { screen: 'activity', title: message('activity.title'), icon: Activity, keys: 'alt+8', atFoot: true },
  { screen: 'settings', title: message('settings.title'), icon: Settings, keys: 'alt+9', atFoot: true },
];

/** Where a screen's entry in the rail leads: screens that work on one brief open on the one in hand. */
export function destinationOf(screen: ScreenName): Destination {
  const { briefId } = usePreferences.getState();
  const opensOnBrief = screen === 'ideate' || screen === 'produce';
  return opensOnBrief && briefId ? { screen, parts: [briefId] } : { screen };
}
