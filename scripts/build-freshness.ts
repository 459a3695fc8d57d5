import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project.ts';

export type BuildPart = 'renderer' | 'host' | 'desktop' | 'engine';

const sources: Readonly<Record<BuildPart, readonly string[]>> = {
  renderer: ['renderer/**/*', 'electron/contract/**/*.ts', 'electron/domain/**/*.ts'],
  host: ['electron/**/*.ts'],
  desktop: ['electron/**/*.ts'],
  engine: ['native-models/{host,image,text,vision,catalog}/**/*.ts', 'electron/contract/**/*.ts'],
};
const outputs: Readonly<Record<BuildPart, string>> = {
  renderer: 'dist/renderer/index.html',
  host: 'dist/host/server.js',
  desktop: 'dist/main/index.js',
  engine: 'dist/engine/engine.js',
};

/** A hash over names, sizes and times of everything that a bundle is made of. Tests build the page for development, which is no page to measure. */
function sourceMark(part: BuildPart): string {
  const hash = createHash('sha256').update(`${process.env['NODE_ENV'] ?? ''}\n`);
  for (const file of globSync([...sources[part], 'package-lock.json', 'scripts/build*.ts'], { cwd: root }).toSorted()) {
    const stats = statSync(join(root, file));
    if (stats.isFile()) hash.update(`${file}\0${stats.size}\0${stats.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Builds a part of `dist/` when its sources are not the ones that it was built from. */
export function buildIfStale(part: BuildPart): void {
  const markFile = join(root, '.cache', `built-${part}`);
  const mark = sourceMark(part);
  if (existsSync(join(root, outputs[part])) && existsSync(markFile) && readFileSync(markFile, 'utf8') === mark) return;
  console.error(`housestyle: building the ${part}`);
  const build = spawnSync(process.execPath, [join(root, 'scripts/build.ts'), part], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) throw new Error(`The ${part} could not be built; the reason stands above.`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  writeFileSync(markFile, mark);
}
