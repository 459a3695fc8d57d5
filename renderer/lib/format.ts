import { message } from './messages/message.ts';

const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const integer = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

export function formatNumber(value: number): string {
  return (Math.abs(value) < 100 ? decimal : integer).format(value);
}

/** 1024-based, as memory and disks are reported by the studio. */
export function formatBytes(sizeBytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  if (sizeBytes < 1024) return message('size.bytes', { count: sizeBytes });
  const power = Math.min(units.length, Math.floor(Math.log2(sizeBytes) / 10));
  return `${formatNumber(sizeBytes / 1024 ** power)} ${units[power - 1]}`;
}

export function formatMebibytes(sizeMiB: number): string {
  return formatBytes(sizeMiB * 1024 * 1024);
}

/** A time span that a person plans by: "40 s", "12 min", "3 h 20 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 90) return message('time.seconds', { count: whole });
  const minutes = Math.round(whole / 60);
  if (whole < 600 && whole % 60 !== 0)
    return message('time.minutesSeconds', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  if (minutes < 90) return message('time.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0
    ? message('time.hours', { count: hours })
    : message('time.hoursMinutes', { hours, minutes: minutes % 60 });
}

/** Length of a sound or a film as players show it: "0:07", "1:24", "1:02:03". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** How long ago, in words; older than a week as a date. */
export function formatAgo(timestampMs: number, nowMs: number = Date.now()): string {
  const seconds = Math.round((timestampMs - nowMs) / 1000);
  if (seconds > -45) return message('time.now');
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (seconds > -604_800) return relative.format(Math.round(seconds / 86_400), 'day');
  return formatDateTime(timestampMs);
}

export function formatDateTime(timestampMs: number): string {
  return dateTime.format(timestampMs);
}
