import { formatNumber } from '../../lib/format.ts';

const precise = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });

/** A score with its unit as people read it: shares in percent, contrast as a ratio, multiples as such, distances with two digits. */
export function formatScore(score: number, unit: string): string {
  if (unit === 'share') return `${formatNumber(score * 100)} %`;
  if (unit.startsWith('×')) return `${precise.format(score)} ×`;
  if (unit.startsWith(':')) return `${precise.format(score)}${unit}`;
  return unit === '' ? precise.format(score) : `${precise.format(score)} ${unit}`;
}
