import { defineConfig } from 'electron-vite';
import { rendererConfig } from './scripts/build-renderer.ts';

const { configFile: _, ...renderer } = rendererConfig;

/** For `electron-vite dev`, which needs an Electron binary. `scripts/build.ts` makes what is shipped, from the same parts. */
export default defineConfig({
  main: { build: { outDir: 'dist/main', lib: { entry: 'electron/main/index.ts', formats: ['es'] } } },
  preload: { build: { outDir: 'dist/preload', lib: { entry: 'electron/preload/index.ts', formats: ['cjs'] } } },
  renderer: { ...renderer, build: { ...renderer.build, rolldownOptions: { input: 'renderer/index.html' } } },
});
