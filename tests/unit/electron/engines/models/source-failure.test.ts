import { describe, expect, it } from 'vitest';
import { toImportFailure } from '../../../../../electron/engines/models/source-failure.ts';

const fail = (code: string, path: string) => Object.assign(new Error(`${code}: x, open '${path}'`), { code, path });

describe('toImportFailure', () => {
  it.each([
    ['ENOSPC', '/models/.import-1/a', 'library.diskFull', 'goes on where it was'],
    ['EACCES', '/models/.import-1', 'library.readOnly', 'may not be written to'],
    ['EROFS', '/models/.import-1', 'library.readOnly', '--models'],
    ['EACCES', '/data/oat.gguf', 'input.invalid', 'oat.gguf: this account may not read it'],
    ['ELOOP', '/data/oat.gguf', 'input.invalid', 'circle'],
    ['EIO', '/media/stick/oat.gguf', 'input.invalid', 'disk cannot read it'],
  ])('names %s at %s with a remedy', (code, path, expected, words) => {
    expect(toImportFailure(fail(code, path), '/models')).toMatchObject({
      code: expected,
      message: expect.stringContaining(words),
    });
  });

  it('leaves everything else as it is', () => {
    const defects = [new Error('x'), fail('EBADF', '/data/oat.gguf'), fail('ENOENT', '/models/gone')];
    for (const defect of defects) expect(toImportFailure(defect, '/models')).toBe(defect);
  });
});
