import { createHash } from 'node:crypto';
import type { BrandKit } from '../../../contract/brand.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { Template } from '../../../contract/template.ts';
import { parseTemplate } from '../../../domain/brand/parse-template.ts';
import { isTemplateFile } from '../../../domain/brand/template-names.ts';
import { listKitTemplates } from '../../../domain/production/choose-template.ts';
import { findBuiltInTemplate } from './built-in-templates.ts';

/**
 * What a kit calls the template that a recipe names: a name that ships, or the file in the kit whose template has that name. Gives the name itself when there is neither, which
 * `loadTemplate` then refuses.
 */
export function findTemplateEntry(name: string, kit: BrandKit, files: ReadonlyMap<string, Uint8Array>): string {
  const own = listKitTemplates(kit)
    .filter(isTemplateFile)
    .find((entry) => loadTemplate(entry, files, 'templates').name === name);
  return own ?? name;
}

const parsed = new Map<string, Template>();
const MAX_PARSED = 24;

/** The template that a kit names: one that ships, or a file. Files that were read lately are kept by their content. Throws `brand.fileMissing` or `brand.invalid`. */
export function loadTemplate(entry: string, files: ReadonlyMap<string, Uint8Array>, field: string): Template {
  const builtIn = findBuiltInTemplate(entry);
  if (builtIn) return builtIn;
  const bytes = files.get(entry);
  if (!bytes)
    throw new StudioError('brand.fileMissing', `The kit names ${entry} (${field}), which is not there.`, {
      file: entry,
      field,
    });
  const key = createHash('sha1').update(bytes).digest('hex');
  const known = parsed.get(key);
  if (known) return known;
  const template = parseTemplate(bytes, entry);
  const [oldest] = parsed.keys();
  if (parsed.size >= MAX_PARSED && oldest !== undefined) parsed.delete(oldest);
  parsed.set(key, template);
  return template;
}
