export interface ZippedFile {
  name: string;
  checksum: number;
  bytes: Buffer;
}

/** The files of an archive whose files are stored as they are, found by its directory as unpackers do. @throws when its parts do not lead to each other */
export function readZip(archive: Buffer): ZippedFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end !== archive.length - 22) throw new Error('the archive has no end');
  let count: number = archive.readUInt16LE(end + 10);
  let at: number = archive.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffff_ffff) {
    if (archive.readUInt32LE(end - 20) !== 0x0706_4b50) throw new Error('there is no way to the wide end');
    const wide = Number(archive.readBigUInt64LE(end - 12));
    if (archive.readUInt32LE(wide) !== 0x0606_4b50) throw new Error('there is no wide end where the way leads');
    count = Number(archive.readBigUInt64LE(wide + 32));
    at = Number(archive.readBigUInt64LE(wide + 48));
  }
  return Array.from({ length: count }, () => {
    if (archive.readUInt32LE(at) !== 0x0201_4b50) throw new Error(`no entry of the directory at ${at}`);
    const nameBytes = archive.readUInt16LE(at + 28);
    const sizeBytes = archive.readUInt32LE(at + 20);
    const start = archive.readUInt32LE(at + 42);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const checksum = archive.readUInt32LE(at + 16);
    if (archive.readUInt32LE(start) !== 0x0403_4b50) throw new Error(`no file where the directory leads: ${name}`);
    const body = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    return { name, checksum, bytes: archive.subarray(body, body + sizeBytes) };
  });
}
