import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** No test needs an Electron binary: the shell runs against a fake that implements the real type definitions. */
const electron = fileURLToPath(new URL('tests/support/fake-electron.ts', import.meta.url));
/** Tests that load a runtime of their own send nothing either; engines get theirs from `electron/engines/process/child-environment.ts`. */
const env = { ORT_DISABLE_TELEMETRY: '1' };
const node = { pool: 'forks' as const, environment: 'node' as const, env };

/** Projects run in this order and never side by side where they would fight for the processor: `scripts/test.ts` calls them one after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: { electron } },
        test: { ...node, name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}'], testTimeout: 10_000 },
      },
      {
        resolve: { alias: { electron } },
        test: {
          ...node,
          name: 'medium',
          include: ['tests/medium/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { test: { ...node, name: 'types', include: ['tests/types/**/*.test.ts'], testTimeout: 180_000 } },
      {
        test: {
          ...node,
          name: 'models',
          include: ['tests/models/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'bench',
          include: ['tests/bench/**/*.test.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...node,
          name: 'app',
          include: ['tests/app/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
