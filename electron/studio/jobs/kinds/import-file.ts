import type { ImportRepository } from '../../../library/repositories/import-repository.ts';
import type { ImportOpener, OpenedImport } from '../../media/open-import.ts';
import { defineJobKind } from '../job-kind.ts';

export type ImportFileUses = {
  readonly imports: ImportRepository;
  readonly open: ImportOpener;
  /** There is a file without a thumbnail. */
  readonly onImported: () => void;
};

/** A file of somebody's own becomes an asset, once, whatever it is called. */
export function createImportFile({ imports, open, onImported }: ImportFileUses) {
  return defineJobKind<'files.import', OpenedImport>({
    name: 'files.import',
    resource: 'disk',
    interrupt: 'atOnce',
    work: open,
    commit(opened, _job, sequence) {
      if (opened.kind === 'new') return imports.commit(sequence, opened.file);
      const known = imports.commitKnown(opened.original);
      // The bin was emptied between two steps: another try finds it gone and reads it.
      if (known === null) throw new Error('a file that was known is gone');
      return known;
    },
    onCommitted: onImported,
  });
}
