import type { Asset } from '../../../contract/asset.ts';
import type { FormatId } from '../../../contract/format.ts';
import type { Manifest } from '../../../contract/delivery.ts';

/** An asset to deliver and the file that holds its bytes. */
export type DeliveryItem = { readonly asset: Asset; readonly path: string };

/** What people call a channel format. */
export type NameFormat = (id: FormatId) => string;

type ManifestFile = Manifest['files'][number];

const SLUG_CHARACTERS = 40;

/** Lower-case ASCII words joined by hyphens: readable, and allowed on every file system. Empty when nothing is left. */
export function toSlug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[æÆ]/g, 'ae')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .toLowerCase();
  const words = plain
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (words.length <= SLUG_CHARACTERS) return words;
  const cut = words.slice(0, SLUG_CHARACTERS + 1);
  return cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut.slice(0, SLUG_CHARACTERS);
}

/** Names such as `007-breakfast-returned-square-post-en.png`. The number keeps the order and makes every name its own. */
export function nameFiles(items: readonly DeliveryItem[]): string[] {
  const digits = Math.max(3, String(items.length).length);
  return items.map(({ asset }, index) => {
    const parts = [
      String(index + 1).padStart(digits, '0'),
      toSlug(asset.headline),
      asset.formatId,
      asset.locale.toLowerCase(),
    ];
    return `${parts.filter((part) => part !== '').join('-')}.png`;
  });
}

/** What the manifest says about one file. */
export function describeFile({ asset }: DeliveryItem, file: string): ManifestFile {
  const template = asset.recipe.template;
  return {
    file,
    sha256: asset.hash,
    assetId: asset.id,
    width: asset.width,
    height: asset.height,
    formatId: asset.formatId,
    locale: asset.locale,
    headline: template?.headline ?? asset.headline,
    body: template?.body ?? '',
    callToAction: template?.callToAction ?? '',
    status: asset.status,
    flag: asset.flag,
    stars: asset.stars,
    recipe: asset.recipe,
    report: asset.report,
  };
}
