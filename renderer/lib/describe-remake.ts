import type { Remake, RemakeChange } from '../../electron/contract/remake.ts';
import { formatNumber } from './format.ts';
import { message } from './messages/message.ts';

/** Why and how a picture was made again, in one line: "Second try: palette pull 0.6 → 0.8, new seed". */
export function describeRemake({ number, cause, changes }: Remake): string {
  const name =
    cause === 'person'
      ? message('remake.asked')
      : number === 2
        ? message('remake.second')
        : number === 3
          ? message('remake.third')
          : message('remake.nth', { number });
  return message('remake.line', { name, changes: changes.toSorted(byInterest).map(describeChange).join(', ') });
}

/** A new seed is the least of the news. */
function byInterest(one: RemakeChange, other: RemakeChange): number {
  return Number(one.what === 'seed') - Number(other.what === 'seed');
}

function describeChange(change: RemakeChange): string {
  switch (change.what) {
    case 'seed':
      return message('remake.seed');
    case 'paletteGuidance':
      return message('remake.paletteGuidance', { from: formatNumber(change.from), to: formatNumber(change.to) });
    case 'negativeTerm':
      return message('remake.negativeTerm', { term: change.added });
    case 'template':
      return message('remake.template', { from: change.from, to: change.to });
  }
}
