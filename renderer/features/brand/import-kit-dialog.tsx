import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import type { BrandKit, BrandVersion } from '../../../electron/contract/brand.ts';
import type { PaletteRole } from '../../../electron/contract/palette-role.ts';
import type { Finding, SourceReading } from '../../../electron/contract/brand-import.ts';
import { MAX_SOURCE_BYTES } from '../../../electron/contract/brand-import.ts';
import { applyFindings, buildKitOfFindings, findMissingPart } from '../../../electron/domain/brand/apply-findings.ts';
import { emptyKit } from '../../../electron/domain/brand/empty-kit.ts';
import { listKitFiles } from '../../../electron/domain/brand/parse-kit.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { arrangeKitFiles } from './arrange-kit-files.ts';
import { FindingList } from './finding-list.tsx';

export interface ImportTarget {
  readonly name: string;
  readonly kit: BrandKit;
  adopt: (kit: BrandKit, files: NamedFile[]) => Promise<void>;
}

export interface ImportKitDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onImported: (version: BrandVersion) => void;
  /** The brand whose draft may take what is confirmed; null when there is none yet. */
  target: ImportTarget | null;
}

interface NamedFile {
  name: string;
  content: File;
}

/** A whole kit with what it names, or what a brand has in other forms: swatches, style sheets, logos, pictures, a guide. */
export function ImportKitDialog({ open, onOpenChange, onImported, target }: ImportKitDialogProps) {
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [reading, setReading] = useState<SourceReading | null>(null);
  const close = () => {
    setChosen([]);
    setReading(null);
    onOpenChange(false);
  };
  const { kit, files: named } = arrangeKitFiles(chosen);
  const importing = useMutation({
    mutationFn: async () => {
      const text = kit ? await kit.text() : '';
      if (kit && isKitText(text)) return studio.brand.import({ kitText: text, files: named });
      const tooLarge = chosen.filter(({ size }) => size > MAX_SOURCE_BYTES);
      const files = chosen.filter(({ size }) => size <= MAX_SOURCE_BYTES);
      const read = await studio.brand.readSources({ files: files.map((content) => ({ name: content.name, content })) });
      return { ...read, refused: [...read.refused, ...tooLarge.map(refuseLarge)] };
    },
    onSuccess: (result) => {
      if (!('findings' in result)) {
        setChosen([]);
        onImported(result);
      } else setReading(result);
    },
  });
  const choose = (list: FileList | null) => {
    importing.reset();
    setReading(null);
    setChosen([...(list ?? [])]);
  };
  if (reading) {
    return (
      <ReadingDialog
        reading={reading}
        chosen={chosen}
        target={target}
        onBack={() => setReading(null)}
        onClose={close}
        onImported={(version) => {
          close();
          onImported(version);
        }}
        open={open}
      />
    );
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={message('brand.import.title')}
      description={message('brand.import.advice')}
      closeLabel={message('common.close')}
      footer={
        <>
          <Button onClick={close}>{message('common.cancel')}</Button>
          <Button
            variant="primary"
            blocked={chosen.length === 0 ? message('brand.import.noFiles') : null}
            busy={importing.isPending}
            onClick={() => importing.mutate()}
          >
            {message(kit ? 'brand.import.run' : 'brand.import.read')}
          </Button>
        </>
      }
    >
      <ChooseFiles chosen={chosen} onChoose={choose} kitName={kit?.name ?? null} />
      {importing.error ? (
        <FailureNote error={importing.error} onRetry={() => importing.mutate()} className="mt-3" />
      ) : null}
    </Dialog>
  );
}

function ChooseFiles({
  chosen,
  onChoose,
  kitName,
}: {
  chosen: readonly File[];
  onChoose: (list: FileList | null) => void;
  kitName: string | null;
}) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  function drop(event: DragEvent) {
    event.preventDefault();
    onChoose(event.dataTransfer.files);
  }
  return (
    <div className="flex flex-col gap-3" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <input
        ref={files}
        type="file"
        multiple
        className="hidden"
        aria-label={message('brand.import.files')}
        tabIndex={-1}
        onChange={(event) => onChoose(event.target.files)}
      />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        className="hidden"
        aria-label={message('brand.import.folder')}
        tabIndex={-1}
        onChange={(event) => onChoose(event.target.files)}
      />
      <div className="flex gap-2">
        <Button onClick={() => files.current?.click()}>{message('brand.import.files')}</Button>
        <Button onClick={() => folder.current?.click()}>{message('brand.import.folder')}</Button>
      </div>
      {chosen.length === 0 ? (
        <p className="rounded-control border border-dashed px-4 py-6 text-center text-12 text-ink-soft">
          {message('brand.import.kinds')}
        </p>
      ) : null}
      <ul className="max-h-[40vh] overflow-y-auto text-12">
        {chosen.map((file, index) => (
          <li key={index} className="flex h-7 items-center gap-3 border-b last:border-b-0">
            <span className="min-w-0 flex-1 truncate font-mono">{file.name}</span>
            {file.name === kitName ? <span className="text-ink-soft">{message('brand.import.kit')}</span> : null}
            <span className="text-ink-faint">{formatBytes(file.size)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A kit lists its palette, type and logos; other JSON, such as a theme whose palette is an object, is read for design tokens. */
function isKitText(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return true;
    return (
      !JSON.stringify(value).includes('"$value"') &&
      (('palette' in value && Array.isArray(value.palette)) || 'logos' in value || '$schema' in value)
    );
  } catch {
    // Broken JSON is most likely a kit; the studio says on which line it breaks.
    return true;
  }
}

function refuseLarge({ name, size }: File): SourceReading['refused'][number] {
  return {
    file: name,
    reason: message('brand.import.tooLarge', { size: formatBytes(size) }),
    expected: message('brand.import.sizeLimit', { size: formatBytes(MAX_SOURCE_BYTES) }),
  };
}

interface ReadingDialogProps {
  open: boolean;
  reading: SourceReading;
  chosen: readonly File[];
  target: ImportKitDialogProps['target'];
  onBack: () => void;
  onClose: () => void;
  onImported: (version: BrandVersion) => void;
}

/** The second step: every field that was read, to be confirmed one by one. */
function ReadingDialog({ open, reading, chosen, target, onBack, onClose, onImported }: ReadingDialogProps) {
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  const [roles, setRoles] = useState<ReadonlyMap<string, PaletteRole | null>>(new Map());
  const [name, setName] = useState('');
  const findings = reading.findings.map((finding): Finding =>
    finding.kind === 'colour' && roles.has(finding.id) ? { ...finding, role: roles.get(finding.id) ?? null } : finding,
  );
  const taken = findings.filter(({ id }) => confirmed.has(id));
  const missing = findMissingPart(taken);
  const filesFor = (kit: BrandKit): NamedFile[] => {
    const wanted = new Set(listKitFiles(kit).map(({ file }) => file));
    return chosen.filter((file) => wanted.has(file.name)).map((content) => ({ name: content.name, content }));
  };
  const adding = useMutation({
    mutationFn: async () => {
      if (!target) return;
      const kit = applyFindings(target.kit, taken);
      await target.adopt(kit, filesFor(kit));
    },
    onSuccess: onClose,
  });
  const making = useMutation({
    mutationFn: async () => {
      const kit = buildKitOfFindings(name.trim(), emptyKit, taken);
      if (!kit) throw new Error(message('brand.import.missing', { what: missing ?? '' }));
      return studio.brand.import({ kitText: JSON.stringify(kit), files: filesFor(kit) });
    },
    onSuccess: onImported,
  });
  const error: unknown = adding.error ?? making.error;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={message('brand.import.confirm')}
      description={message('brand.import.confirmAdvice')}
      closeLabel={message('common.close')}
      widthPx={720}
      footer={
        <>
          <Button onClick={onBack}>{message('brand.import.back')}</Button>
          {target ? (
            <Button
              variant="primary"
              blocked={taken.length === 0 ? message('brand.import.nothingTaken') : null}
              busy={adding.isPending}
              onClick={() => adding.mutate()}
            >
              {message('brand.import.addTo', { count: taken.length, name: target.name })}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Refusals reading={reading} />
        <div className="max-h-[34vh] overflow-y-auto pr-1">
          <FindingList
            findings={findings}
            confirmed={confirmed}
            onConfirm={(ids, isConfirmed) => {
              const next = new Set(confirmed);
              for (const id of ids)
                if (isConfirmed) next.add(id);
                else next.delete(id);
              setConfirmed(next);
            }}
            onRole={(id, role) => setRoles(new Map(roles).set(id, role))}
          />
        </div>
        <div className="flex items-end gap-2 border-t pt-3">
          <TextField
            label={message('brand.import.newName')}
            value={name}
            maxLength={100}
            className="flex-1"
            onChange={(event) => setName(event.target.value)}
          />
          <Button
            blocked={
              missing !== null
                ? message('brand.import.missing', { what: missing })
                : name.trim() === ''
                  ? message('brand.import.noName')
                  : null
            }
            busy={making.isPending}
            onClick={() => making.mutate()}
          >
            {message('brand.import.make')}
          </Button>
        </div>
        <p className="text-12 text-ink-faint">
          {missing === null ? message('brand.import.complete') : message(`brand.import.needs.${missing}`)}
        </p>
        {error ? <FailureNote error={error} /> : null}
      </div>
    </Dialog>
  );
}

function Refusals({ reading: { refused, notes } }: { reading: SourceReading }) {
  if (refused.length === 0 && notes.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 text-12">
      {refused.map(({ file, reason, expected }) => (
        <p key={file} role="alert" className="rounded-small bg-rejected-wash px-2 py-1.5">
          {message('brand.import.refused', { file, reason, expected })}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className="rounded-small bg-redo-wash px-2 py-1.5">
          {note}
        </p>
      ))}
    </div>
  );
}
