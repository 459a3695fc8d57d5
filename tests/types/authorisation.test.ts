import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, toolPath } from '../../scripts/project.ts';

const folder = join(root, '.cache', 'types', 'authorisation-test');

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles one file beside the contract and returns what the compiler says. */
function compile(name: string, source: string): { status: number | null; output: string } {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, source);
  writeFileSync(
    join(folder, `${name}.json`),
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        composite: false,
        incremental: false,
        noEmit: true,
        emitDeclarationOnly: false,
        declaration: false,
        types: [],
      },
      files: [file],
    }),
  );
  const run = spawnSync(process.execPath, [toolPath('typescript', 'tsc'), '-p', join(folder, `${name}.json`)], {
    encoding: 'utf8',
  });
  return { status: run.status, output: run.stdout + run.stderr };
}

/** The type of the table in authorisation.ts, over any contract. */
const table = `
import { authorisation } from '../../../electron/contract/authorisation.ts';
import type { Right } from '../../../electron/contract/role.ts';
import { studioContract } from '../../../electron/contract/index.ts';
`;

describe('the authorisation table', () => {
  it('compiles when it has a row for every procedure', () => {
    const { status, output } = compile(
      'complete',
      `${table}
type Table = { readonly [Topic in keyof typeof studioContract]: { readonly [Verb in keyof (typeof studioContract)[Topic]]: Right } };
export const complete: Table = authorisation;
`,
    );
    expect(output).toBe('');
    expect(status).toBe(0);
  });

  it('does not compile when a new procedure has no row', () => {
    const { status, output } = compile(
      'missing',
      `${table}
const grown = { ...studioContract, system: { ...studioContract.system, shutdown: studioContract.system.about } };
type Table = { readonly [Topic in keyof typeof grown]: { readonly [Verb in keyof (typeof grown)[Topic]]: Right } };
export const missing: Table = authorisation;
`,
    );
    expect(status).not.toBe(0);
    expect(output).toContain('shutdown');
  });

  it('does not compile when authorisation.ts itself loses a row', async () => {
    const { readFileSync } = await import('node:fs');
    const source = readFileSync(join(root, 'electron/contract/authorisation.ts'), 'utf8');
    const without = source
      .replace(" restartEngine: 'producer',", '')
      .replace("'./index.ts'", "'../../../electron/contract/index.ts'")
      .replace("'./role.ts'", "'../../../electron/contract/role.ts'");
    expect(without).not.toBe(source);
    const { status, output } = compile('lost', without);
    expect(status).not.toBe(0);
    expect(output).toContain('restartEngine');
  });
});
