import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { arrangeKitFiles } from './arrange-kit-files.ts';

export interface ImportKitDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onImported: (version: BrandVersion) => void;
}

/** A kit file and what it names, chosen as files or as one folder. */
export function ImportKitDialog({ open, onOpenChange, onImported }: ImportKitDialogProps) {
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const { kit, files: named } = arrangeKitFiles(chosen);
  const importing = useMutation({
    mutationFn: async () => {
      if (!kit) throw new Error(message('brand.import.noKit'));
      return studio.brand.import({ kitText: await kit.text(), files: named });
    },
    onSuccess: (version) => {
      setChosen([]);
      onImported(version);
    },
  });
  const choose = (list: FileList | null) => {
    importing.reset();
    setChosen([...(list ?? [])]);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('brand.import.title')}
      description={message('brand.import.advice')}
      closeLabel={message('common.close')}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{message('common.cancel')}</Button>
          <Button variant="primary" disabled={!kit} busy={importing.isPending} onClick={() => importing.mutate()}>
            {message('brand.import.run')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <input
          ref={files}
          type="file"
          multiple
          hidden
          aria-label={message('brand.import.files')}
          onChange={(event) => choose(event.target.files)}
        />
        <input
          ref={(element) => {
            folder.current = element;
            element?.setAttribute('webkitdirectory', '');
          }}
          type="file"
          hidden
          aria-label={message('brand.import.folder')}
          onChange={(event) => choose(event.target.files)}
        />
        <div className="flex gap-2">
          <Button onClick={() => files.current?.click()}>{message('brand.import.files')}</Button>
          <Button onClick={() => folder.current?.click()}>{message('brand.import.folder')}</Button>
        </div>
        {chosen.length === 0 ? <p className="text-ink-soft">{message('brand.import.none')}</p> : null}
        {chosen.length > 0 && !kit ? <p className="text-rejected">{message('brand.import.noKit')}</p> : null}
        <ul className="text-12">
          {kit ? <FileRow name={kit.name} sizeBytes={kit.size} note={message('brand.import.kit')} /> : null}
          {named.map(({ name, content }) => (
            <FileRow key={name} name={name} sizeBytes={content.size} />
          ))}
        </ul>
        {importing.error ? <FailureNote error={importing.error} onRetry={() => importing.mutate()} /> : null}
      </div>
    </Dialog>
  );
}

function FileRow({ name, sizeBytes, note }: { name: string; sizeBytes: number; note?: string }) {
  return (
    <li className="flex h-7 items-center gap-3 border-b last:border-b-0">
      <span className="min-w-0 flex-1 truncate font-mono">{name}</span>
      {note ? <span className="text-ink-soft">{note}</span> : null}
      <span className="text-ink-faint">{formatBytes(sizeBytes)}</span>
    </li>
  );
}
