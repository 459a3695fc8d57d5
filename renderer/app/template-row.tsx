import { useQuery } from '@tanstack/react-query';
import type { BrandKit } from '../../electron/contract/brand.ts';
import type { BrandId } from '../../electron/contract/identifiers.ts';
import type { FormatId } from '../../electron/contract/format.ts';
import { isTemplateFile, templateNames } from '../../electron/domain/brand/template-names.ts';
import { listKitTemplates } from '../../electron/domain/production/choose-template.ts';
import { classNames } from '../lib/class-names.ts';
import { message } from '../lib/messages/message.ts';
import { nameTemplate } from '../lib/name-template.ts';
import { assetUrl } from '../rpc/asset-url.ts';
import { studio } from '../rpc/studio.ts';
import { StatusMark } from '../ui/status-mark.tsx';
import { Thumb } from '../ui/thumb.tsx';

export interface TemplateRowProps {
  brandId: BrandId;
  kit: BrandKit;
  formatId: FormatId;
  isChosen: (template: string) => boolean;
  onPick: (template: string) => void;
  /** Why one that is chosen cannot be put away; null where it can. */
  whyKept?: (template: string) => string | null;
  /** False while the kit cannot be composed with. */
  valid?: boolean;
}

/** Every template that the brand may use, each as a small picture in its own colours and type. */
export function TemplateRow({ brandId, kit, formatId, isChosen, onPick, whyKept, valid = true }: TemplateRowProps) {
  const offered = [...templateNames, ...listKitTemplates(kit).filter(isTemplateFile)];
  return (
    <div
      role="group"
      aria-label={message('templates.title')}
      className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-2"
    >
      {offered.map((template) => (
        <TemplateTile
          key={template}
          request={{ brandId, kit: { ...kit, template }, formatId }}
          title={nameTemplate(template)}
          isChosen={isChosen(template)}
          whyKept={whyKept?.(template) ?? null}
          valid={valid}
          onPick={() => onPick(template)}
        />
      ))}
    </div>
  );
}

interface TileProps {
  request: { brandId: BrandId; kit: BrandKit; formatId: FormatId };
  title: string;
  isChosen: boolean;
  whyKept: string | null;
  valid: boolean;
  onPick: () => void;
}

function TemplateTile({ request, title, isChosen, whyKept, valid, onPick }: TileProps) {
  const sample = useQuery({
    queryKey: ['brand-sample', 'template', request],
    queryFn: ({ signal }) =>
      studio.brand.sample(
        {
          ...request,
          headline: message('brand.sample.default.headline'),
          callToAction: message('brand.sample.default.callToAction'),
        },
        { signal },
      ),
    enabled: valid,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onPick}
      title={whyKept ?? undefined}
      className={classNames(
        'flex flex-col gap-1.5 rounded-control border p-1.5 text-left transition-colors',
        isChosen ? 'border-accent-text bg-accent-wash' : 'bg-panel hover:border-line-strong',
      )}
    >
      <Thumb
        url={sample.data ? assetUrl(sample.data.hash) : null}
        alt=""
        className="aspect-square w-full rounded-small"
      />
      <span className="flex items-center gap-1">
        <span className={classNames('min-w-0 flex-1 truncate text-12', isChosen ? 'text-ink' : 'text-ink-soft')}>
          {title}
        </span>
        {isChosen ? <StatusMark kind="approved" label="" sizePx={12} className="text-accent-text" /> : null}
      </span>
    </button>
  );
}
