import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const settingsSchema = z.strictObject({ libraryFolder: z.string().min(1) });
export type Settings = z.infer<typeof settingsSchema>;

/** Reads what the shell remembers between starts. A missing or damaged file means the defaults: it holds nothing that cannot be chosen again. */
export function readSettings(file: string, defaults: Settings): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaults;
    throw error;
  }
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : defaults;
  } catch (error) {
    if (error instanceof SyntaxError) return defaults;
    throw error;
  }
}

/** Writes beside the file and renames, so that a crash leaves the old or the new settings. */
export function writeSettings(file: string, settings: Settings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(settings, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
