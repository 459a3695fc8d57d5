import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { root, toolPath } from '../../../../scripts/project.ts';

/** Runs the real linter with the real configuration over one file at a path of our choice. */
function lint(path: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'housestyle-lint-'));
  try {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    writeFileSync(
      join(folder, '.oxlintrc.json'),
      JSON.stringify({
        jsPlugins: [join(root, 'scripts/lint/plugin.mjs')],
        rules: {
          'housestyle/packages-by-folder': 'error',
          'housestyle/no-feature-reach': 'error',
          'housestyle/no-focused-tests': 'error',
        },
      }),
    );
    return spawnSync(process.execPath, [toolPath('oxlint'), path], { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('packages-by-folder', () => {
  it.each([
    ['renderer/app/a.ts', "import 'better-sqlite3';"],
    ['electron/studio/a.ts', "import 'onnxruntime-node';"],
    ['electron/main/a.ts', "export * from 'better-sqlite3';"],
    ['electron/domain/a.ts', "import 'node:fs';"],
    ['electron/studio/a.ts', "await import('left-pad');"],
  ])('%s may not have %s', (path, text) => {
    expect(lint(path, text)).toContain('packages-by-folder');
  });

  it('lets a folder use what its row names', () => {
    expect(lint('electron/library/a.ts', "import 'better-sqlite3';\nimport 'node:fs';\n")).not.toContain(
      'packages-by-folder',
    );
  });
});

describe('no-feature-reach', () => {
  it('refuses a look into another feature and allows its index', () => {
    expect(lint('renderer/features/review/a.ts', "import '../brand/store.ts';")).toContain('no-feature-reach');
    expect(lint('renderer/features/review/a.ts', "import '../brand/index.ts';\nimport './b.ts';\n")).not.toContain(
      'no-feature-reach',
    );
  });
});

describe('no-focused-tests', () => {
  it('refuses a focused test and allows one that skips itself for a reason', () => {
    expect(lint('tests/a.test.ts', ['it', "only('a', () => {});"].join('.'))).toContain('no-focused-tests');
    expect(lint('tests/a.test.ts', "it.skipIf(true)('a', () => {});")).not.toContain('no-focused-tests');
  });
});
