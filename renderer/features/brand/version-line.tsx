import type { BrandVersion } from '../../../electron/contract/brand.ts';
import { formatAgo } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { classNames } from '../../lib/class-names.ts';

/** The versions on a line, oldest left. A frozen version can be looked at and edited on; it never changes itself. */
export function VersionLine({
  versions,
  shown,
  isEdited,
  onShow,
}: {
  versions: readonly BrandVersion[];
  shown: BrandVersion;
  isEdited: boolean;
  onShow: (version: BrandVersion) => void;
}) {
  return (
    <nav aria-label={message('brand.versions')} className="shrink-0 overflow-x-auto border-b bg-panel px-6 py-3">
      <ol className="flex">
        {versions.map((version, index) => {
          const isShown = version.id === shown.id;
          return (
            <li key={version.id} className="relative min-w-33 pr-4">
              {index < versions.length - 1 || (isEdited && isShown) ? (
                <span aria-hidden className="absolute top-[7px] right-0 left-3 h-px bg-line-strong" />
              ) : null}
              <button
                type="button"
                aria-current={isShown || undefined}
                onClick={() => onShow(version)}
                className="group relative flex flex-col items-start gap-1.5 rounded-small text-left"
              >
                <span
                  aria-hidden
                  className={classNames(
                    'block size-[15px] rounded-full border-2',
                    isShown
                      ? 'border-accent-text bg-panel'
                      : 'border-line-strong bg-panel group-hover:border-ink-faint',
                  )}
                >
                  {isShown ? <span className="m-[3px] block size-[5px] rounded-full bg-accent-text" /> : null}
                </span>
                <span>
                  <span className={classNames('block text-12', isShown ? 'font-medium text-ink' : 'text-ink-soft')}>
                    {message('brand.version', { number: version.number })}
                  </span>
                  <span className="block text-11 text-ink-faint">{formatAgo(version.createdAtMs)}</span>
                </span>
              </button>
            </li>
          );
        })}
        {isEdited ? (
          <li className="flex flex-col items-start gap-1.5">
            <span aria-hidden className="block size-[15px] rounded-full border-2 border-dashed border-redo" />
            <span className="text-12 text-ink-soft">{message('brand.edited')}</span>
          </li>
        ) : null}
      </ol>
    </nav>
  );
}
