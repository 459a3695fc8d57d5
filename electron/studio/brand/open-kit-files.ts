import { createHash } from 'node:crypto';
import type { BrandKit } from '../../contract/brand.ts';
import { StudioError } from '../../contract/errors.ts';
import { listTypefaces } from '../../domain/brand/parse-kit.ts';
import { isTemplateFile } from '../../domain/brand/template-names.ts';
import type { KitFile } from '../../readers/reader-task.ts';
import { loadTemplate } from '../compose/template/load-template.ts';
import { refuseKitFile } from '../../readers/refuse-kit-file.ts';
import type { FileReader } from '../reading/file-reader.ts';

/** A template is a page of JSON. */
const MAX_TEMPLATE_BYTES = 1024 * 1024;
/** Files that a reader has opened lately: every save of a draft names the same ones. */
const MAX_KNOWN = 200;
const known = new Map<string, Uint8Array>();

type Use = Omit<KitFile, 'bytes'>;

/**
 * Has fonts, logos and references read by a reader as a picture would, so that what cannot be drawn is refused now and not in the middle of a batch.
 * Returns the bytes to keep: each made anew by a reader in the plainest form of its kind. What this returned comes back as it is.
 * @throws brand.fileMissing, brand.invalid naming the field
 */
export async function openKitFiles(
  reader: Pick<FileReader, 'openKitFile'>,
  kit: BrandKit,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const opened = new Map(files);
  const uses = listUses(kit).map((use) => ({ ...use, bytes: getFile(files, use) }));
  const kept = await Promise.all(uses.map((file) => openOnce(reader, file)));
  for (const [index, { file }] of uses.entries()) opened.set(file, kept[index] ?? new Uint8Array());
  for (const [entry, field] of listTemplates(kit)) {
    const bytes = opened.get(entry);
    if (bytes && bytes.length > MAX_TEMPLATE_BYTES)
      refuseKitFile(entry, field, `the template has ${Math.ceil(bytes.length / 1024)} KiB`, 'at most 1024 KiB');
    loadTemplate(entry, opened, field);
  }
  return opened;
}

function listUses(kit: BrandKit): Use[] {
  return [
    ...listTypefaces(kit).map(({ face, field }): Use => ({ use: 'font', file: face.file, field: `${field}.file` })),
    ...kit.logos.map(({ file }, index): Use => ({ use: 'logo', file, field: `logos[${index}].file` })),
    ...kit.style.references.map((file, index): Use => ({
      use: 'reference',
      file,
      field: `style.references[${index}]`,
    })),
  ];
}

function listTemplates(kit: BrandKit): (readonly [entry: string, field: string])[] {
  return [
    [kit.template, 'template'],
    ...kit.templates.flatMap((entry, index) =>
      isTemplateFile(entry) ? [[entry, `templates[${index}]`] as const] : [],
    ),
  ];
}

async function openOnce(reader: Pick<FileReader, 'openKitFile'>, file: KitFile): Promise<Uint8Array> {
  const key = `${file.use} ${createHash('sha256').update(file.bytes).digest('hex')}`;
  const before = known.get(key);
  if (before) return before;
  const opened = await reader.openKitFile(file);
  // What came as it went is not held twice; and what was unpacked is a kept form by itself.
  for (const form of [key, `${file.use} ${createHash('sha256').update(opened).digest('hex')}`]) known.set(form, opened);
  for (const [oldest] of known) {
    if (known.size <= MAX_KNOWN) break;
    known.delete(oldest);
  }
  return opened;
}

function getFile(files: ReadonlyMap<string, Uint8Array>, { file, field }: Use): Uint8Array {
  const bytes = files.get(file);
  if (bytes) return bytes;
  throw new StudioError('brand.fileMissing', `The kit names ${file} (${field}), which is not there.`, { file, field });
}
