import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { brandKitSchema } from '../electron/contract/brand.ts';
import { briefFrontMatterSchema } from '../electron/contract/brief.ts';
import { manifestSchema } from '../electron/contract/delivery.ts';
import { templateSchema } from '../electron/contract/template.ts';

/** Folder of the published schemas. */
export const schemasFolder = fileURLToPath(new URL('../examples/schemas/', import.meta.url));

const published = [
  { file: 'brand.schema.json', title: 'Housestyle brand kit', schema: brandKitSchema },
  { file: 'brief.schema.json', title: 'Housestyle brief, front matter', schema: briefFrontMatterSchema },
  { file: 'manifest.schema.json', title: 'Housestyle export manifest', schema: manifestSchema },
  { file: 'template.schema.json', title: 'Housestyle template', schema: templateSchema },
] as const;

/** The text of every published JSON schema, as it has to stand in `examples/schemas`. */
export function formatSchemas(): { file: string; text: string }[] {
  return published.map(({ file, title, schema }) => ({
    file,
    text: `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`,
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(schemasFolder, { recursive: true });
  for (const { file, text } of formatSchemas()) {
    await writeFile(`${schemasFolder}${file}`, text);
    console.log(`wrote examples/schemas/${file}`);
  }
}
