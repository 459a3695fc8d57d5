import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { briefText, exampleFolder } from '../../../support/studio/make-plan.ts';
import type { FakeEngineOptions } from '../../../support/fake-engine/create-fake-engines.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'support', 'studio', 'fake-cli.ts');
const slow = { timeout: 60_000 };
/** An engine that crashed too often is left alone for six seconds instead of five minutes. */
const quick = { probeMs: 100, crashLimits: { breakerWindowMs: 6000, backOffMs: [0] } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'housestyle-failing-'));
  writeFileSync(join(folder, 'brief.md'), briefText);
  cpSync(exampleFolder, join(folder, 'kit'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Wish = FakeEngineOptions & { readonly patienceMs?: number; readonly forgets?: 'atOnce' | 'finishing' };
type End = { code: number | null; result: unknown; err: string };

/** `produce --json` with engines that fail as the wish says. Resolves when the process has ended by itself. */
function produce(wish: Wish, out: string): Promise<End> {
  const files = ['--brief', join(folder, 'brief.md'), '--brand', join(folder, 'kit', 'brand.json')];
  const places = ['--library', join(folder, 'library'), '--out', join(folder, out)];
  return run(wish, ['produce', ...files, ...places, '--formats', 'link-card', '--concepts', '2', '--count', '3']);
}

function run(wish: Wish, command: readonly string[]): Promise<End> {
  const options = JSON.stringify({ imageMs: 5, diary: join(folder, 'diary'), ...quick, ...wish });
  return new Promise((resolve) => {
    const args = ['--disable-warning=ExperimentalWarning', script, options, ...command, '--json'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [text, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, result: text === '' ? null : JSON.parse(text), err }));
  });
}

describe('produce, when an engine fails,', () => {
  it(
    'waits for the image engine that crashed three times, says why to people, and makes everything',
    slow,
    async () => {
      const { code, result, err } = await produce({ mode: 'crash', kinds: ['image'], times: 3 }, 'out');
      expect({ code, result }).toMatchObject({ code: 0, result: { made: 3, passed: 3, failedJobs: 0 } });
      expect(err).toContain('Waiting: The image engine is down (The image engine ended unexpectedly (SIGSEGV))');
    },
  );

  it('goes on where it was after it was resumed into three crashes', slow, async () => {
    expect((await produce({ mode: 'exit', kinds: ['image'], patienceMs: 700 }, 'out')).code).toBe(4);
    const { code, result } = await produce({ mode: 'exit', kinds: ['image'], times: 3 }, 'out');
    expect({ code, result }).toMatchObject({ code: 0, result: { passed: 3 } });
  });

  it('loads the model again when its process died while loading, and no job pays for that', slow, async () => {
    const atStart = await produce({ mode: 'load-crash', kinds: ['image'], times: 2 }, 'out');
    expect(atStart).toMatchObject({ code: 0, result: { made: 3, failedJobs: 0 }, err: '' });
    const amid = await produce({ mode: 'relapse', kinds: ['image'], times: 6, diary: join(folder, 'amid') }, 'out2');
    expect(amid).toMatchObject({ code: 0, result: { failedJobs: 0 } });
  });

  it('ends with code 4 and the reason when the model dies at every load', slow, async () => {
    const { code, result, err } = await produce({ mode: 'load-crash', kinds: ['image'] }, 'out');
    expect({ code, err, result }).toMatchObject({
      code: 4,
      err: '',
      result: { error: { code: 'engine.crashed', data: { kind: 'image', signal: 'SIGSEGV', begun: false } } },
    });
  });

  it('ends with code 4 and the reason when every run ends in a crash', slow, async () => {
    const { code, result, err } = await produce({ mode: 'crash', kinds: ['image'], patienceMs: 1500 }, 'out');
    expect({ code, result }).toMatchObject({
      code: 4,
      result: { error: { code: expect.stringMatching(/^engine\./) } },
    });
    expect(err).not.toContain(' at ');
  });

  it('ends with code 4 and the reason where every picture fails and no engine died', slow, async () => {
    const { code, result } = await produce({ mode: 'failure', kinds: ['image'] }, 'out');
    expect({ code, result }).toMatchObject({ code: 4, result: { error: { code: 'engine.outOfMemory' } } });
  });

  it('writes its concepts all the same after the text engine crashed once', slow, async () => {
    const once = await produce({ mode: 'crash', kinds: ['text'], times: 1 }, 'out');
    expect(once).toMatchObject({ code: 0, result: { concepts: 2, passed: 3 } });
  });

  it('ends with code 4 and the reason when the text engine crashes for ever', slow, async () => {
    const { code, result, err } = await produce({ mode: 'crash', kinds: ['text'], patienceMs: 1500 }, 'out');
    expect({ code, result }).toMatchObject({
      code: 4,
      result: { error: { code: expect.stringMatching(/^engine\./) } },
    });
    expect(err).toContain('Waiting: The text engine is down');
    expect(err).not.toContain(' at ');
    const log = readFileSync(join(folder, 'library', 'studio.log'), { encoding: 'utf8', flag: 'a+' });
    expect(log).toBe('');
  });
});

describe('a rejection that nobody handles', () => {
  it('does not end a studio: it stands in the log with its stack, and standard error names it', slow, async () => {
    const { code, result, err } = await produce({ forgets: 'finishing' }, 'out');
    expect({ code, result }).toMatchObject({ code: 0, result: { passed: 3 } });
    const logId = /internal\.unexpected; (\w+) in studio\.log/.exec(err)?.[1] ?? 'not said';
    const [first = ''] = readFileSync(join(folder, 'library', 'studio.log'), 'utf8').split('\n');
    expect(JSON.parse(first)).toMatchObject({
      logId,
      err: { message: 'nobody waits for this', stack: expect.anything() },
    });
  });

  it('ends a command without a studio with a code of the catalogue', slow, async () => {
    expect(await run({ forgets: 'atOnce' }, ['models'])).toMatchObject({
      code: 1,
      result: { error: { code: 'internal.unexpected' } },
    });
  });
});
