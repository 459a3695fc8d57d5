import { InvalidArgumentError } from 'commander';

// How the values of options are read.

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
    return value;
  };
}

export function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('Expected a number above 0, and at most 1.');
  return value;
}

export function days(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value > 36_500)
    throw new InvalidArgumentError('Expected a number of days from 0 to 36500.');
  return value;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day means its start, or the start of the next one, in UTC. Returns milliseconds since 1970. */
export function momentOrDay(edge: 'start' | 'end'): (text: string) => number {
  return (text) => {
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
    const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
    const ms = Date.parse(text);
    if ((!isDay && !isMoment) || Number.isNaN(ms) || ms < 0)
      throw new InvalidArgumentError('Expected a day (2026-03-31) or a moment with its zone (2026-03-31T12:00:00Z).');
    return isDay && edge === 'end' ? ms + DAY_MS : ms;
  };
}
