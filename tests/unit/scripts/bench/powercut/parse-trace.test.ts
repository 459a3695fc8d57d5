import { describe, expect, it } from 'vitest';
import { parseTrace } from '../../../../../scripts/bench/powercut/record-trace.ts';

const hex = (text: string) => Buffer.from(text).toString('hex').replaceAll(/../g, '\\x$&');
const at = (path: string) => `"${hex(path)}"`;
const open = (file: number, path: string) => `${file}<${hex(path)}>`;
const cwd = `AT_FDCWD<${hex('/home')}>`;

describe('parseTrace', () => {
  it('reads what was done inside the folder, in the order in which it ended', () => {
    const log = [
      `7 mkdir(${at('/l')}, 0777) = 0`,
      `7 mkdir(${at('/elsewhere')}, 0777) = 0`,
      `7 openat(${cwd}, ${at('/l/a')}, O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600) = 21`,
      `7 openat(${cwd}, ${at('/l/missing')}, O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission denied)`,
      `8 write(${open(21, '/l/a')}, "${hex('hello')}", 5 <unfinished ...>`,
      `7 pwrite64(${open(22, '/l/b')}, "${hex('xyz')}", 3, 4096) = 2`,
      '8 <... write resumed>) = 5',
      `8 write(${open(21, '/l/a')}, "${hex('!')}", 1) = 1`,
      `8 fsync(${open(21, '/l/a')}) = 0`,
      `8 rename(${at('/l/a')}, ${at('/l/c')}) = 0`,
      `8 link(${at('/l/c')}, ${at('/l/d')}) = 0`,
      `7 fdatasync(${open(23, '/l')}) = 0`,
      `7 ftruncate(${open(22, '/l/b')}, 512) = 0`,
      `7 unlink(${at('/l/b')}) = 0`,
      `7 write(${open(1, '/dev/null')}, "${hex('{"kind":"opened"}\n')}", 18) = 18`,
      '+++ exited with 0 +++',
    ].join('\n');
    expect(parseTrace(log, '/l')).toEqual([
      { kind: 'makeFolder', path: '' },
      { kind: 'create', path: 'a', truncate: false },
      { kind: 'write', path: 'b', offset: 4096, bytes: Buffer.from('xy') },
      { kind: 'write', path: 'a', offset: 0, bytes: Buffer.from('hello') },
      { kind: 'write', path: 'a', offset: 5, bytes: Buffer.from('!') },
      { kind: 'sync', path: 'a' },
      { kind: 'rename', from: 'a', to: 'c' },
      { kind: 'link', from: 'c', to: 'd' },
      { kind: 'sync', path: '' },
      { kind: 'truncate', path: 'b', sizeBytes: 512 },
      { kind: 'remove', path: 'b' },
      { kind: 'acknowledge', acknowledgement: { kind: 'opened' } },
    ]);
  });

  it('refuses a way of writing that it cannot replay', () => {
    expect(() => parseTrace(`7 symlink(${at('/l/a')}, ${at('/l/b')}) = 0`, '/l')).toThrow(
      'The replay does not know symlink.',
    );
    expect(parseTrace(`7 symlink(${at('/a')}, ${at('/b')}) = 0`, '/l')).toEqual([]);
  });
});
