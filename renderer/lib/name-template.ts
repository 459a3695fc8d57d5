import { builtInTemplates } from '../../electron/domain/brand/template-names.ts';

/** The title of a template that ships, or the file name of one of the kit's own. */
export function nameTemplate(template: string): string {
  const builtIn = builtInTemplates.find(({ name }) => name === template);
  return (
    builtIn?.title ??
    template
      .split('/')
      .at(-1)
      ?.replace(/\.json$/i, '') ??
    template
  );
}
