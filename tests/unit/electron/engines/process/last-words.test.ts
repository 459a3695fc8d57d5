import { describe, expect, it } from 'vitest';
import { LastWords } from '../../../../../electron/engines/process/last-words.ts';

describe('LastWords', () => {
  it('keeps the end, at most four kilobytes', () => {
    const words = new LastWords();
    for (let line = 0; line < 5000; line += 1) words.add(`line ${line}\n`);
    expect(words.read().length).toBeLessThanOrEqual(4096);
    expect(words.read().endsWith('line 4999')).toBe(true);
    words.add(Buffer.alloc(100_000, 'x'));
    expect(words.read().length).toBe(4096);
  });

  it('takes the folders off paths', () => {
    const words = new LastWords();
    words.add(
      'at load (file:///opt/somewhere/app/engine.ts:3:1) and C:\\Users\\Some Body\\model.onnx is missing; 3/4 done in a/b/c.ts',
    );
    expect(words.read()).toBe('at load (engine.ts:3:1) and model.onnx is missing; 3/4 done in a/b/c.ts');
  });
});
