import { message } from '../../lib/messages/message.ts';

interface Axes {
  readonly conceptIds: readonly unknown[];
  readonly formatIds: readonly unknown[];
  readonly locales: readonly unknown[];
  readonly variations: number;
}

/** What the number of images comes from: "3 concepts × 2 formats × 1 locale × 4 variations". */
export function describeAxes({ conceptIds, formatIds, locales, variations }: Axes): string {
  return message('produce.productOf', {
    concepts: message('produce.conceptCount', { count: conceptIds.length }),
    formats: message('produce.formatCount', { count: formatIds.length }),
    locales: message('produce.localeCount', { count: locales.length }),
    variations: message('produce.variationCount', { count: variations }),
  });
}
