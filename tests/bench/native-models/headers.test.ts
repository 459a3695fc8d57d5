import { describe, expect, it } from 'vitest';
import { run } from '../../../scripts/bench/headers.ts';

describe('the bench of hostile headers', () => {
  it('ends every damaged file sound or with a typed error that names it', async () => {
    const notes: string[] = [];
    const figures = await run({ json: true, small: true, progress: (text) => notes.push(text) });
    expect(notes).toEqual([]);
    expect(figures).toMatchObject({ files: 400, untyped: 0, unnamed: 0, hangs: 0 });
    expect(figures['typed']).toBeGreaterThan(200);
  });
});
