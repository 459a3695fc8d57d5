import type { SourceFile } from '../../readers/sources/source-file.ts';

/** Brings the files of a call into memory. */
export function readSourceFiles(
  files: readonly { readonly name: string; readonly content: File }[],
): Promise<SourceFile[]> {
  return Promise.all(
    files.map(async ({ name, content }) => ({ name, bytes: new Uint8Array(await content.arrayBuffer()) })),
  );
}
