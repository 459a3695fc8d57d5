/** Builds the page into `dist/renderer`: what the browser host and the desktop window both serve. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { InlineConfig } from 'vite';
import { root } from './project.ts';

/**
 * The one configuration of the page. Paths in the bundle are relative, because the desktop serves it under its own scheme. Nothing is inlined:
 * the content security policy allows fonts and styles from files alone.
 */
export const rendererConfig: InlineConfig = {
  configFile: false,
  root: join(root, 'renderer'),
  base: './/',
  logLevel: 'warn',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: join(root, 'dist', 'renderer'),
    emptyOutDir: true,
    // The hosts serve the library's objects under /assets.
    assetsDir: 'page',
    target: 'chrome140',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
};

/** Builds beside and swaps at the end, so that a studio that serves the folder meanwhile never serves half of it. */
export async function buildRenderer(): Promise<void> {
  const outDir = join(root, 'dist', 'renderer');
  const building = `${outDir}-${process.pid}`;
  const replaced = `${building}-replaced`;
  try {
    await build({ ...rendererConfig, build: { ...rendererConfig.build, outDir: building } });
    if (existsSync(outDir)) renameSync(outDir, replaced);
    renameSync(building, outDir);
  } finally {
    rmSync(building, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}
