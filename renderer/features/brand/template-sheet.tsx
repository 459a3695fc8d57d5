import type { BrandId } from '../../../electron/contract/identifiers.ts';
import { TemplateRow } from '../../app/template-row.tsx';
import { message } from '../../lib/messages/message.ts';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';

/** The brand's own template, chosen by what it looks like in this kit. */
export function TemplateSheet({ brandId, draft }: { brandId: BrandId; draft: KitDraft }) {
  const { kit, problems, change } = draft;
  return (
    <SheetSection title={message('templates.title')}>
      <TemplateRow
        brandId={brandId}
        kit={kit}
        formatId="square-post"
        valid={problems.size === 0}
        isChosen={(template) => template === kit.template}
        onPick={(template) => change({ template })}
      />
      <p className="mt-2 text-12 text-ink-faint">{message('templates.note')}</p>
    </SheetSection>
  );
}
