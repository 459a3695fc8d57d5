import { ImagePlus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import type { KitDraft } from './kit-draft.ts';

/** As in the contract. */
const MAX_REFERENCES = 24;

/** Pictures that show the style. A new one is kept with the draft at once. */
export function StyleReferences({ kit, files, change, adopt }: KitDraft) {
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const { references } = kit.style;
  async function add(list: FileList | null) {
    const added = [...(list ?? [])].slice(0, MAX_REFERENCES - references.length);
    if (added.length === 0) return;
    const names = added.map(({ name }) => name);
    const style = { ...kit.style, references: [...new Set([...references, ...names])] };
    try {
      await adopt(
        { ...kit, style },
        added.map((content) => ({ name: content.name, content })),
      );
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <span className="text-12 text-ink-soft">{message('brand.style.references')}</span>
        <Button
          variant="quiet"
          icon={ImagePlus}
          blocked={references.length >= MAX_REFERENCES ? message('brand.full', { count: MAX_REFERENCES }) : null}
          onClick={() => input.current?.click()}
        >
          {message('brand.style.addReference')}
        </Button>
        <input
          ref={input}
          type="file"
          multiple
          accept=".png,.jpg,.jpeg,.webp"
          className="hidden"
          tabIndex={-1}
          aria-label={message('brand.style.addReference')}
          onChange={(event) => {
            void add(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {references.length === 0 ? (
        <p className="text-12 text-ink-faint">{message('brand.style.noReferences')}</p>
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.25rem,1fr))] gap-2">
          {references.map((file) => (
            <li key={file} className="group relative">
              <div className="surround overflow-hidden rounded-small">
                <Thumb
                  url={files[file] ? assetUrl(files[file]) : null}
                  alt={file}
                  fit="cover"
                  className="aspect-square"
                />
              </div>
              <IconButton
                small
                icon={X}
                label={message('brand.words.remove', { word: file })}
                onClick={() =>
                  change({ style: { ...kit.style, references: references.filter((other) => other !== file) } })
                }
                className="absolute! top-1 right-1 bg-panel opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
              />
            </li>
          ))}
        </ul>
      )}
      {error ? <FailureNote error={error} /> : null}
    </div>
  );
}
