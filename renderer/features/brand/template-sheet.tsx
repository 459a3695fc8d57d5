import { FilePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { BrandId } from '../../../electron/contract/identifiers.ts';
import { isTemplateFile, templateNames } from '../../../electron/domain/brand/template-names.ts';
import { listKitTemplates } from '../../../electron/domain/production/choose-template.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { TemplateRow } from '../../app/template-row.tsx';
import { message } from '../../lib/messages/message.ts';
import { nameTemplate } from '../../lib/name-template.ts';
import { Button } from '../../ui/button.tsx';
import { ToggleChip } from '../../ui/toggle-chip.tsx';
import type { KitDraft } from './kit-draft.ts';
import { pickTemplate } from './pick-template.ts';
import { SheetSection } from './sheet-section.tsx';

/** As in the contract. */
const MAX_TEMPLATES = 24;

/** The brand's own template, chosen by what it looks like in this kit, and the others that may take its place. */
export function TemplateSheet({ brandId, draft }: { brandId: BrandId; draft: KitDraft }) {
  const { kit, problems, change } = draft;
  const input = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const isFull = kit.templates.length >= MAX_TEMPLATES;
  const offered = [...new Set([...templateNames, ...listKitTemplates(kit)])].filter((name) => name !== kit.template);
  const toggle = (name: string) =>
    change({
      templates: kit.templates.includes(name)
        ? kit.templates.filter((other) => other !== name)
        : [...kit.templates, name],
    });
  async function add(list: FileList | null) {
    const added = [...(list ?? [])].slice(0, MAX_TEMPLATES - kit.templates.length);
    if (added.length === 0) return;
    try {
      await draft.adopt(
        { ...kit, templates: [...new Set([...kit.templates, ...added.map(({ name }) => name)])] },
        added.map((content) => ({ name: content.name, content })),
      );
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }
  return (
    <SheetSection
      title={message('templates.title')}
      aside={
        <Button
          variant="quiet"
          icon={FilePlus}
          className="-ml-2.5"
          blocked={isFull ? message('brand.full', { count: MAX_TEMPLATES }) : null}
          onClick={() => input.current?.click()}
        >
          {message('templates.addFile')}
        </Button>
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        accept=".json"
        className="hidden"
        tabIndex={-1}
        aria-label={message('templates.addFile')}
        onChange={(event) => {
          void add(event.target.files);
          event.target.value = '';
        }}
      />
      {error ? <FailureNote error={error} className="mb-3" /> : null}
      <TemplateRow
        brandId={brandId}
        kit={kit}
        formatId="square-post"
        valid={problems.size === 0}
        isChosen={(template) => template === kit.template}
        onPick={(template) => change(pickTemplate(kit, template))}
      />
      <p className="mt-2 text-12 text-ink-faint">{message('templates.note')}</p>
      <div role="group" aria-labelledby="templates-also" className="mt-4 flex flex-wrap items-center gap-1.5 text-12">
        <span id="templates-also" className="mr-1 text-ink-soft">
          {message('templates.also')}
        </span>
        {offered.map((name) => (
          <ToggleChip
            key={name}
            pressed={kit.templates.includes(name)}
            blocked={isFull && !kit.templates.includes(name) ? message('brand.full', { count: MAX_TEMPLATES }) : null}
            onPress={() => toggle(name)}
          >
            {nameTemplate(name)}
            {isTemplateFile(name) ? <span className="text-ink-faint">.json</span> : null}
          </ToggleChip>
        ))}
      </div>
      <p className="mt-2 text-12 text-ink-faint">{message('templates.alsoNote')}</p>
    </SheetSection>
  );
}
