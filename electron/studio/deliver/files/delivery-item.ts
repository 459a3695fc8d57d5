import type { Asset } from '../../../contract/asset.ts';
import type { ObjectHash } from '../../../contract/identifiers.ts';
import type { FormatId } from '../../../contract/format.ts';
import type { Manifest } from '../../../contract/delivery.ts';

/** An asset to deliver, the file that shows it and the one that leaves: of an imported asset the bytes as they came. */
export type DeliveryItem = {
  readonly asset: Asset;
  readonly path: string;
  readonly content: { readonly path: string; readonly hash: ObjectHash };
};

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

/**
 * Names such as `007-breakfast-returned-square-post-en.png`: the number keeps the order and makes every name its own. Imported files leave under their own names, with a number only
 * where two would be the same.
 */
export function nameFiles(items: readonly DeliveryItem[]): string[] {
  const digits = Math.max(3, String(items.length).length);
  const taken = new Set(ownFiles);
  return items.map(({ asset }, index) => {
    if (asset.origin === 'imported') return takeName(toFileName(asset.source.fileName), taken);
    const parts = [
      String(index + 1).padStart(digits, '0'),
      toSlug(asset.headline),
      asset.formatId,
      asset.locale.toLowerCase(),
    ];
    return takeName(`${parts.filter((part) => part !== '').join('-')}.png`, taken);
  });
}

/** What an export writes besides. */
const ownFiles = ['manifest.json', 'contact-sheet.png', 'contact-sheet.html'];
/** What one file system or another cannot hold in a name, or reads otherwise. */
const notInNames = /[<>:"/\\|?*\p{Cc}\p{Cf}]/gu;
const deviceNames = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const NAME_BYTES = 200;

function toFileName(name: string): string {
  const plain = name.replace(notInNames, '-').replace(/^[\s.]+|[\s.]+$/gu, '');
  const safe = plain === '' || deviceNames.test(plain) ? `file-${plain}` : plain;
  const [stem, extension] = splitName(safe);
  const kept = Array.from(stem);
  while (Buffer.byteLength(kept.join('')) > NAME_BYTES) kept.pop();
  return `${kept.join('')}${extension}`;
}

/** Some file systems take upper and lower case for one. */
function takeName(name: string, taken: Set<string>): string {
  const [stem, extension] = splitName(name);
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem}-${number}${extension}`;
  taken.add(free.toLowerCase());
  return free;
}

function splitName(name: string): [stem: string, extension: string] {
  const at = name.lastIndexOf('.');
  return at > 0 && name.length - at <= 12 ? [name.slice(0, at), name.slice(at)] : [name, ''];
}

/** What the manifest says about one file. */
export function describeFile({ asset, content }: DeliveryItem, file: string): ManifestFile {
  const { id: assetId, width, height, status, flag, stars } = asset;
  const common = { file, sha256: content.hash, assetId, width, height, status, flag, stars };
  if (asset.origin === 'imported') return { origin: 'imported', ...common, medium: asset.medium, source: asset.source };
  const template = asset.recipe.template;
  return {
    origin: 'made',
    ...common,
    formatId: asset.formatId,
    locale: asset.locale,
    headline: template?.headline ?? asset.headline,
    body: template?.body ?? '',
    callToAction: template?.callToAction ?? '',
    recipe: asset.recipe,
    report: asset.report,
  };
}
