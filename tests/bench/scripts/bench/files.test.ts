import { expect, it } from 'vitest';
import { run } from '../../../../scripts/bench/files.ts';

it(
  'damaged files of every format end sound or with a typed error, while the studio answers',
  { timeout: 300_000 },
  async () => {
    const notes: string[] = [];
    const figures = await run({ json: true, small: true, progress: (text) => notes.push(text) });
    expect(figures, notes.join('\n')).toMatchObject({ mutants: 216, untyped: 0, hangs: 0, readerDeaths: 0 });
    expect(Object.keys(figures['formats'] ?? {})).toHaveLength(18);
    expect(Number(figures['typed']) + Number(figures['sound'])).toBe(216);
    expect(figures['sound']).toBeGreaterThan(20);
    expect(figures['calls']).toBeGreaterThan(20);
  },
);

it('gives each format the same mutants, alone or among all', async () => {
  const options = { json: true, small: true, progress: () => {} };
  const [once, again] = [await run({ ...options, parts: ['css'] }), await run({ ...options, parts: ['css', 'gpl'] })];
  expect(once['formats']).toEqual({ css: (again['formats'] as Record<string, unknown>)['css'] });
});
