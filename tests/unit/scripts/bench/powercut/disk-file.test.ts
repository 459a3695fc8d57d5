import { describe, expect, it } from 'vitest';
import { DiskFile, SECTOR_BYTES } from '../../../../../scripts/bench/powercut/disk-file.ts';
import { createRandom } from '../../../../../scripts/bench/powercut/random.ts';

const bytes = (length: number, value: number) => Buffer.alloc(length, value);
const lost = { share: 0, lengthSurvives: false, random: createRandom(1) };
const kept = { share: 1, lengthSurvives: false, random: createRandom(1) };

describe('DiskFile', () => {
  it('keeps what was synced and may lose the rest', () => {
    const file = new DiskFile();
    file.write(0, bytes(1000, 1));
    file.sync();
    file.write(1000, bytes(500, 2));
    expect(file.afterCut(lost)).toEqual(bytes(1000, 1));
    expect(file.afterCut(kept)).toEqual(Buffer.concat([bytes(1000, 1), bytes(500, 2)]));
    expect(file.afterCut({ ...lost, lengthSurvives: true })).toEqual(Buffer.concat([bytes(1000, 1), bytes(500, 0)]));
  });

  it('tears a write at sectors, in any order', () => {
    const file = new DiskFile();
    file.write(0, bytes(SECTOR_BYTES * 40, 9));
    file.sync();
    file.write(100, bytes(SECTOR_BYTES * 38, 7));
    const torn = file.afterCut({ share: 0.5, lengthSurvives: false, random: createRandom(3) });
    const sectors = Array.from(
      { length: 40 },
      (_, index) => new Set(torn.subarray(index * SECTOR_BYTES, (index + 1) * SECTOR_BYTES)),
    );
    expect(sectors.slice(1, 38).every((values) => values.size === 1)).toBe(true);
    const changed = sectors.map((values) => values.has(7));
    expect(changed.filter(Boolean).length).toBeGreaterThan(5);
    expect(changed.filter((is) => !is).length).toBeGreaterThan(5);
    expect(changed.indexOf(false)).toBeLessThan(changed.lastIndexOf(true));
  });

  it('cuts and grows as it was told', () => {
    const file = new DiskFile();
    file.write(0, bytes(1000, 1));
    file.truncate(10);
    file.write(20, bytes(5, 2));
    expect(file.afterCut(kept)).toEqual(Buffer.concat([bytes(10, 1), bytes(10, 0), bytes(5, 2)]));
    file.sync();
    expect(file.isSafe).toBe(true);
    expect(file.afterCut(lost)).toHaveLength(25);
  });
});
