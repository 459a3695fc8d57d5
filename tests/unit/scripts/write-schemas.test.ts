import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { brandKitSchema } from '../../../electron/contract/brand.ts';
import { formatSchemas, schemasFolder } from '../../../scripts/write-schemas.ts';

describe('formatSchemas', () => {
  test.each(formatSchemas().map(({ file, text }) => [file, text]))(
    'is what stands in examples/schemas/%s',
    (file, text) => {
      expect(readFileSync(`${schemasFolder}${file}`, 'utf8'), 'run node scripts/write-schemas.ts').toBe(text);
    },
  );

  test('refuses unknown fields and asks only for what has no default', () => {
    const schema = z.toJSONSchema(brandKitSchema, { io: 'input' });
    expect(schema).toMatchObject({ additionalProperties: false, required: ['name', 'palette', 'type', 'logos'] });
  });
});
