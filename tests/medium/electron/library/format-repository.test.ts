import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetFilterSchema } from '../../../../electron/contract/asset.ts';
import type { Library } from '../../../../electron/library/library.ts';
import { channelFormats } from '../../../../electron/domain/production/channel-formats.ts';
import { createManualClock, createTestFolder, openTestLibrary } from '../../../support/library-fixtures.ts';

let folder: ReturnType<typeof createTestFolder>;
let library: Library;
const open = () => (library = openTestLibrary(folder.path, { clock: createManualClock() }));
beforeEach(() => {
  folder = createTestFolder();
  open();
});
afterEach(() => {
  library.close();
  folder[Symbol.dispose]();
});

describe('FormatRepository', () => {
  const wanted = { name: 'Shop window', width: 1400, height: 700 };

  it('keeps what was added over a restart, after those that every library has', () => {
    const added = library.formats.add(wanted);
    expect(library.formats.add(wanted).id).toBe('shop-window-2');
    library.close();
    open();
    expect(library.formats.list().map(({ id }) => id)).toEqual([
      ...channelFormats.map(({ id }) => id),
      'shop-window',
      'shop-window-2',
    ]);
    expect(library.formats.get('shop-window')).toEqual(added);
  });

  it('takes one out of the list, knows it for the pictures that have it, and never gives its name again', () => {
    const { id } = library.formats.add(wanted);
    expect(library.formats.remove(id)).toBe(true);
    expect(library.formats.remove(id)).toBe(false);
    expect(library.formats.list()).toHaveLength(channelFormats.length);
    expect(library.formats.get(id)).toMatchObject({ name: 'Shop window' });
    expect(library.formats.add(wanted).id).toBe('shop-window-2');
  });

  it('refuses what nothing could be set in, and what is not there', () => {
    expect(() => library.formats.add({ ...wanted, height: 64 })).toThrow('as long as it is wide');
    expect(() => library.formats.get('nowhere')).toThrow('There is no format nowhere in this library.');
    expect(() => library.formats.remove('story')).toThrow('There is no format story in this library.');
  });

  it('can be filtered by, also when it was added while the library was open', () => {
    const count = (formatIds: string[]) => library.assets.counts(assetFilterSchema.parse({ formatIds })).total;
    expect(count([])).toBe(0);
    const { id } = library.formats.add(wanted);
    expect(count([id])).toBe(0);
    expect(count([id, 'story'])).toBe(0);
  });
});
