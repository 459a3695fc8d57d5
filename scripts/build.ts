/**
 * Builds the bundles into `dist/`: the page (`renderer`), the browser host (`host`), Electron's main, preload and utility process (`desktop`), and engines and readers (`engine`).
 * The command line runs from source; the browser host starts in less than half the time as one file.
 */
import { rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { build } from 'vite';
import { buildRenderer } from './build-renderer.ts';
import { root } from './project.ts';

/** Packages that load native files or data by path stay outside the bundles. */
const nativePackages = [
  '@huggingface/transformers',
  '@resvg/resvg-js',
  'better-sqlite3',
  'electron',
  'harfbuzzjs',
  'node-llama-cpp',
  'onnxruntime-node',
  'sharp',
];
const external = [...nativePackages, ...builtinModules, /^node:/];

interface Bundle {
  readonly entry: string;
  readonly folder: string;
  readonly file: string;
  readonly format: 'es' | 'cjs';
}

/** Threads of a studio, beside the host that starts them. */
const workers = (folder: string): readonly Bundle[] => [
  { entry: 'electron/studio/compose/finishing/finish-worker.ts', folder, file: 'finish-worker.js', format: 'es' },
  { entry: 'electron/studio/backups/copy-worker.ts', folder, file: 'copy-worker.js', format: 'es' },
  { entry: 'electron/studio/measure/score-worker.ts', folder, file: 'score-worker.js', format: 'es' },
];

const desktop: readonly Bundle[] = [
  { entry: 'electron/main/index.ts', folder: 'main', file: 'index.js', format: 'es' },
  // A sandboxed preload must be CommonJS.
  { entry: 'electron/preload/index.ts', folder: 'preload', file: 'index.cjs', format: 'cjs' },
  { entry: 'electron/hosts/desktop-studio.ts', folder: 'hosts', file: 'desktop-studio.js', format: 'es' },
  ...workers('hosts'),
];
const host: readonly Bundle[] = [
  { entry: 'electron/hosts/server.ts', folder: 'host', file: 'server.js', format: 'es' },
  ...workers('host'),
];
const engine: readonly Bundle[] = [
  { entry: 'electron/readers/reader.ts', folder: 'reader', file: 'reader.js', format: 'es' },
  { entry: 'native-models/host/engine.ts', folder: 'engine', file: 'engine.js', format: 'es' },
];

async function buildBundle(bundle: Bundle): Promise<void> {
  const outDir = join(root, 'dist', bundle.folder);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true, external: nativePackages },
    build: {
      ssr: join(root, bundle.entry),
      outDir,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        external,
        output: { format: bundle.format, entryFileNames: bundle.file, chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

const parts = {
  renderer: () => buildRenderer(),
  host: async () => {
    rmSync(join(root, 'dist', 'host'), { recursive: true, force: true });
    for (const bundle of host) await buildBundle(bundle);
  },
  desktop: async () => {
    for (const folder of ['main', 'preload', 'hosts'])
      rmSync(join(root, 'dist', folder), { recursive: true, force: true });
    for (const bundle of desktop) await buildBundle(bundle);
  },
  engine: async () => {
    for (const folder of ['engine', 'reader']) rmSync(join(root, 'dist', folder), { recursive: true, force: true });
    for (const bundle of engine) await buildBundle(bundle);
  },
};
type Part = keyof typeof parts;

function isPart(name: string): name is Part {
  return Object.hasOwn(parts, name);
}

const wanted = process.argv.slice(2).flatMap((name) => (name === 'all' ? Object.keys(parts) : [name]));
if (wanted.length === 0 || !wanted.every(isPart)) {
  console.error(`Name what to build: ${Object.keys(parts).join(', ')} or all.`);
  process.exit(2);
}
for (const name of wanted.filter(isPart)) {
  const startedMs = performance.now();
  await parts[name]();
  console.error(`built ${name} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}
