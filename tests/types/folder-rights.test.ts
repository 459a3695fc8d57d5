import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, toolPath } from '../../scripts/project.ts';

/** What each folder may import besides itself (DESIGN section 3). Written here again on purpose: the test compares it with what the compiler does. */
const rights: Readonly<Record<string, readonly string[]>> = {
  'electron/contract': [],
  'electron/domain': ['electron/contract'],
  'electron/library': ['electron/contract', 'electron/domain'],
  'electron/engines': ['electron/contract', 'electron/domain'],
  'electron/readers': ['electron/contract', 'electron/domain'],
  'electron/studio': [
    'electron/contract',
    'electron/domain',
    'electron/library',
    'electron/engines',
    'electron/readers',
  ],
  'electron/hosts': [
    'electron/contract',
    'electron/domain',
    'electron/library',
    'electron/engines',
    'electron/readers',
    'electron/studio',
  ],
  'electron/main': ['electron/contract'],
  'electron/preload': ['electron/contract'],
  'native-models': ['electron/contract'],
  renderer: ['electron/contract', 'electron/domain'],
};
const folders = Object.keys(rights);

let sandbox = '';

function specifierFrom(folder: string, target: string): string {
  const path = posix.relative(folder, `${target}/toy.ts`);
  return path.startsWith('.') ? path : `./${path}`;
}

function compile(folder: string): string {
  const run = spawnSync(process.execPath, [toolPath('typescript', 'tsc'), '-b', folder, '--pretty', 'false'], {
    cwd: sandbox,
    encoding: 'utf8',
  });
  return run.stdout + run.stderr;
}

/** Writes one file per import, compiles the folder, and says which of the files the compiler complained about. */
function tryImports(folder: string, targets: readonly string[], kind: 'value' | 'type'): ReadonlySet<string> {
  const files = targets.map((target) => {
    const file = join(sandbox, folder, `import-${target.replaceAll('/', '-')}-${kind}.ts`);
    const specifier = specifierFrom(folder, target);
    const text =
      kind === 'value'
        ? `import { toy } from '${specifier}';\nexport const use: number = toy;\n`
        : `import type { Toy } from '${specifier}';\nexport type Use = Toy;\n`;
    writeFileSync(file, text);
    return { target, file };
  });
  const output = compile(folder);
  for (const { file } of files) rmSync(file);
  return new Set(files.filter(({ file }) => output.includes(posix.basename(file))).map(({ target }) => target));
}

beforeAll(() => {
  sandbox = mkdtempSync(join(tmpdir(), 'housestyle-rights-'));
  cpSync(join(root, 'tsconfig.base.json'), join(sandbox, 'tsconfig.base.json'));
  writeFileSync(join(sandbox, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(sandbox, 'node_modules'));
  for (const folder of folders) {
    mkdirSync(join(sandbox, folder), { recursive: true });
    writeFileSync(join(sandbox, folder, 'tsconfig.json'), readFileSync(join(root, folder, 'tsconfig.json')));
    writeFileSync(
      join(sandbox, folder, 'toy.ts'),
      'export const toy = 1;\nexport interface Toy {\n  readonly size: number;\n}\n',
    );
  }
  mkdirSync(dirname(join(sandbox, '.cache')), { recursive: true });
});
afterAll(() => rmSync(sandbox, { recursive: true, force: true }));

describe('folder rights', () => {
  it.each(folders)('%s imports what it may and nothing else', (folder) => {
    const may = rights[folder] ?? [];
    const others = folders.filter((target) => target !== folder);
    const mayNot = others.filter((target) => !may.includes(target));
    for (const kind of ['value', 'type'] as const) {
      expect([...tryImports(folder, others, kind)].toSorted()).toEqual(mayNot.toSorted());
    }
  });

  it.each([
    ['electron/domain', 'export const size = document.title;'],
    ['electron/main', 'export const size = document.title;'],
    ['electron/contract', 'export const name = process.title;'],
    ['electron/domain', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
    ['renderer', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
  ])('%s does not see what its process lacks: %s', (folder, text) => {
    const file = join(sandbox, folder, 'global.ts');
    writeFileSync(file, `${text}\n`);
    const output = compile(folder);
    rmSync(file);
    expect(output).toContain('global.ts');
  });
});
