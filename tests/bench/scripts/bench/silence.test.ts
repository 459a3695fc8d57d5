import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../../scripts/project.ts';
import { run, traceProgram } from '../../../../scripts/bench/silence.ts';

const hasStrace = spawnSync('strace', ['--version']).status === 0;

describe.skipIf(!hasStrace)('silence (needs strace)', () => {
  it('a production and an import of a model reach nothing and leave nothing outside of their folders', async () => {
    const figures = await run({ json: true, small: true, progress: () => {} });
    expect(figures).toEqual({ commands: 2, connections: 0, lookups: 0, filesOutside: 0, examples: [] });
  });

  it('the bench hears the runtime when nobody tells it to be silent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'housestyle-noise-'));
    try {
      const script = join(folder, 'speak.mjs');
      const model = join(root, 'tests/support/fixtures/tiny-pipeline/vae_decoder/model.onnx');
      const runtime = join(root, 'node_modules/onnxruntime-node/dist/index.js');
      writeFileSync(
        script,
        `const { default: ort } = await import(${JSON.stringify(runtime)});
         await ort.InferenceSession.create(${JSON.stringify(model)});
         await new Promise((resolve) => setTimeout(resolve, 3000));`,
      );
      const loud = await traceProgram(folder, 'loud', [script]);
      expect(loud.lookups.length + loud.connections.length + loud.filesOutside.length).toBeGreaterThan(0);
      const quiet = await traceProgram(folder, 'quiet', [script], { ORT_DISABLE_TELEMETRY: '1' });
      expect(quiet).toEqual({ connections: [], lookups: [], filesOutside: [] });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
