// Which folder may import which package. A package that no row names is an error everywhere: adding a dependency means deciding who may use it.

/** Folder prefix (longest match wins) -> packages allowed there, besides `allowedEverywhere`. */
const table = {
  'electron/contract/': ['zod', '@orpc/contract'],
  'electron/domain/': ['zod', 'culori', 'yaml'],
  'electron/library/': ['zod', 'better-sqlite3', 'kysely', 'sharp'],
  'electron/engines/': ['zod'],
  'electron/readers/': [
    '@resvg/resvg-js',
    'acorn',
    'css-tree',
    'culori',
    'harfbuzzjs',
    'mediabunny',
    'opentype.js',
    'sharp',
    'unpdf',
    'woff2-encoder',
  ],
  'electron/studio/': ['zod', '@orpc/server', 'pino', 'sharp'],
  'electron/hosts/': [
    'zod',
    '@fastify/helmet',
    '@fastify/static',
    '@orpc/server',
    '@orpc/standard-server-peer',
    'cli-progress',
    'commander',
    'fastify',
    'pino',
    'selfsigned',
    'uqr',
    'ws',
  ],
  'electron/hosts/desktop-studio.ts': ['zod', '@orpc/server', 'electron', 'pino'],
  'electron/studio/compose/type/': ['bidi-js'],
  'electron/studio/copy/': ['csv-parse'],
  'electron/main/': ['zod', 'electron'],
  'electron/preload/': ['electron'],
  'native-models/': [
    'zod',
    '@huggingface/tokenizers',
    '@huggingface/transformers',
    'node-llama-cpp',
    'onnxruntime-node',
    'sharp',
  ],
  'renderer/': [
    'zod',
    '@fontsource-variable/inter',
    '@fontsource/ibm-plex-mono',
    '@orpc/client',
    '@orpc/contract',
    '@tanstack/react-query',
    '@tanstack/react-virtual',
    'lucide-react',
    'radix-ui',
    'react',
    'react-dom',
    'yaml',
    'zustand',
  ],
  'scripts/': [
    'zod',
    '@tailwindcss/vite',
    '@vitejs/plugin-react',
    'electron-builder',
    'esbuild',
    'playwright-core',
    'sharp',
    'vite',
    'vitest',
    'woff2-encoder',
  ],
  'tests/': ['*'],
};
/** Folders that may use Node's own modules. */
const nodeFolders = [
  'electron/library/',
  'electron/engines/',
  'electron/readers/',
  'electron/studio/',
  'electron/hosts/',
  'electron/main/',
  'native-models/',
  'scripts/',
  'tests/',
];

function packageName(specifier) {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/** Says why a file (path from the project's root, forward slashes) may not import a specifier, or null when it may. */
export function refuseImport(file, specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('virtual:')) return null;
  if (specifier.startsWith('node:'))
    return nodeFolders.some((folder) => file.startsWith(folder)) || !file.includes('/')
      ? null
      : `${file} runs where Node's modules are absent or not wanted`;
  const row = Object.keys(table)
    .filter((prefix) => file.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
  if (!row) return null;
  const allowed = table[row];
  return allowed.includes('*') || allowed.includes(packageName(specifier))
    ? null
    : `"${packageName(specifier)}" is not in the list of ${row} (scripts/lint/packages-by-folder.mjs)`;
}

export const packagesByFolder = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = `${context.cwd.replaceAll('\\', '/')}/`;
    const file = context.filename.replaceAll('\\', '/').replace(root, '');
    const check = (node) => {
      const reason =
        node.source && typeof node.source.value === 'string' ? refuseImport(file, node.source.value) : null;
      if (reason) context.report({ node: node.source, message: reason });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
