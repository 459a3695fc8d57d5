import { describe, expect, it } from 'vitest';
import { briefIdSchema } from '../../../../../electron/contract/identifiers.ts';
import { createIdSource } from '../../../../../electron/studio/system/create-id-source.ts';

describe('createIdSource', () => {
  it('makes ids of the contract that rise, inside one millisecond and when the clock goes back', () => {
    const times = [5, 5, 5, 9, 2, 2, 10];
    const newId = createIdSource({
      nowMs: () => times.shift() ?? 10,
      randomBytes: (count) => new Uint8Array(count).fill(250),
    });
    const ids = Array.from({ length: 7 }, () => newId());
    for (const id of ids) expect(briefIdSchema.safeParse(id).success).toBe(true);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(7);
  });

  it('goes on when the random part is used up', () => {
    const newId = createIdSource({ nowMs: () => 1, randomBytes: (count) => new Uint8Array(count).fill(255) });
    const [first, second] = [newId(), newId()];
    expect(second > first).toBe(true);
  });
});
