import type { Run } from '../../../electron/contract/run.ts';
import { message } from '../../lib/messages/message.ts';

export type DayGroup = { readonly title: string; readonly runs: readonly Run[] };

const dayTitle = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

/** Runs under the day on which they began, by the clock on the wall, in the order in which they come. */
export function groupByDay(runs: readonly Run[], nowMs: number = Date.now()): DayGroup[] {
  const groups = Map.groupBy(runs, ({ startedAtMs }) => startOfDay(startedAtMs));
  return [...groups].map(([day, ofDay]) => ({ title: nameDay(day, nowMs), runs: ofDay }));
}

function nameDay(day: number, nowMs: number): string {
  const today = startOfDay(nowMs);
  if (day === today) return message('activity.today');
  // A day before noon of yesterday, whatever the clocks were set to in between.
  if (day === startOfDay(today - 12 * 60 * 60 * 1000)) return message('activity.yesterday');
  const sameYear = new Date(day).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? dayTitle : dayOfYear).format(day);
}

function startOfDay(timestampMs: number): number {
  return new Date(timestampMs).setHours(0, 0, 0, 0);
}
