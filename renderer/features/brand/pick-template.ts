import type { BrandKit } from '../../../electron/contract/brand.ts';
import { isTemplateFile } from '../../../electron/domain/brand/template-names.ts';

type Templates = Pick<BrandKit, 'template' | 'templates'>;

/** Another template of its own for a kit. One that was offered changes places with the one before it, and a file of the kit's own is never dropped. */
export function pickTemplate({ template, templates }: Templates, picked: string): Templates {
  if (picked === template) return { template, templates };
  const others = templates.filter((name) => name !== picked);
  const keepsPlace = templates.includes(picked) || isTemplateFile(template);
  return {
    template: picked,
    templates: keepsPlace ? [template, ...others.filter((name) => name !== template)] : others,
  };
}
