import type { Page } from 'playwright-core';
import { checkNameSchema } from '../../../electron/contract/compliance.ts';
import { engineKindSchema } from '../../../electron/contract/engine-protocol.ts';
import { errorCodeSchema } from '../../../electron/contract/errors.ts';
import { templateNames } from '../../../electron/domain/brand/template-names.ts';
import { channelFormats } from '../../../electron/domain/production/channel-formats.ts';

/** Names that the code gives to things; a person has other words for them. Single words such as "logo" are both. */
const slugs = [
  ...checkNameSchema.options,
  ...templateNames,
  ...channelFormats.map(({ id }) => id),
  ...errorCodeSchema.options,
  ...engineKindSchema.options.map((kind) => `engine.${kind}`),
].filter((name) => /[-.]/.test(name));

/** Where the page shows or says a name of the code, each as "slug: text". A brief is text of the user's own, and is left out. */
export function findSlugs(page: Page): Promise<string[]> {
  return page.evaluate((names) => {
    const pattern = new RegExp(
      `(?<![\\w/.-])(?:${names.map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w/-])`,
    );
    const found = new Set<string>();
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('textarea, option, script, [data-own-text]')) continue;
      const own = [...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent);
      for (const text of [
        ...own,
        element.getAttribute('aria-label'),
        element.getAttribute('title'),
        element.getAttribute('alt'),
      ])
        if (text && pattern.test(text)) found.add(`slug: ${text.trim().slice(0, 100)}`);
    }
    return [...found];
  }, slugs);
}
