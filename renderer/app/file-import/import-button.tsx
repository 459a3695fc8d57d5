import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import type { FileImport } from './use-file-import.ts';

/** What is offered in the system's dialog first; a file of another kind is refused with its reason. */
const ACCEPTED = '.png,.jpg,.jpeg,.webp,.avif,.tif,.tiff,.wav,.mp3,.m4a,.ogg,.flac,.pdf,.md,.txt,.docx';

/** Asks for files, and says how far they are on their way. */
export function ImportButton({
  importing,
  variant = 'plain',
}: {
  importing: FileImport;
  variant?: 'plain' | 'primary';
}) {
  const input = useRef<HTMLInputElement>(null);
  const { sending, blocked, begin } = importing;
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        className="hidden"
        aria-label={message('import.files')}
        tabIndex={-1}
        data-import-files
        onChange={(event) => {
          begin([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button
        icon={Upload}
        variant={variant}
        busy={sending !== null}
        blocked={blocked ?? (sending === null ? null : message('import.sending', sending))}
        onClick={() => input.current?.click()}
      >
        {sending === null || sending.count === 1 ? message('import.files') : message('import.sending', sending)}
      </Button>
    </>
  );
}
