import type { BrandKit } from '../../contract/brand.ts';
import { findForbiddenTerms } from '../ideation/forbidden-terms.ts';

/** Whether a market of the policy (`any`, a country, a language) covers a locale such as de-AT. */
export function coversLocale(market: string, locale: string): boolean {
  if (market === 'any') return true;
  const [language = '', ...subtags] = locale.split('-');
  if (/^[A-Z]{2}$/.test(market)) return subtags.some((subtag) => subtag.toUpperCase() === market);
  return locale.toLowerCase() === market.toLowerCase() || language.toLowerCase() === market.toLowerCase();
}

/** The lines that have to stand in a picture for this locale, in the order of the kit, once each. */
export function listRequiredLines(kit: BrandKit, locale: string): string[] {
  const lines = kit.policy.requiredLines.filter(({ market }) => coversLocale(market, locale)).map(({ line }) => line);
  return [...new Set(lines)];
}

/** The legal line of a picture: the required lines that none of its other texts says. Empty when all are said. */
export function composeLegalLine(requiredLines: readonly string[], texts: readonly string[]): string {
  return requiredLines.filter((line) => findForbiddenTerms(texts, [line]).length === 0).join(' ');
}
