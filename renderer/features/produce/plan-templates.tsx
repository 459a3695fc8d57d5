import { useQuery } from '@tanstack/react-query';
import { TemplateRow } from '../../app/template-row.tsx';
import { message } from '../../lib/messages/message.ts';
import { brandQueries } from '../../rpc/queries.ts';
import { editDraft } from './draft-store.ts';
import { FormSection } from './form-section.tsx';
import { listTaken, toggleTemplate } from './toggle-template.ts';
import type { DraftInHand } from './use-plan-draft.ts';

/** The templates of a plan: none chosen is the brand's own, several are taken in turn. */
export function PlanTemplates({ inHand: { brief, brands, draft } }: { inHand: DraftInHand }) {
  const latest = brands.find(({ latest: { id } }) => id === draft.brandVersionId)?.latest ?? brands[0]?.latest;
  const { data: versions = [] } = useQuery({
    ...brandQueries.versions(latest?.brandId ?? ('' as never)),
    enabled: latest !== undefined,
  });
  const version = versions.find(({ id }) => id === draft.brandVersionId) ?? latest;
  if (version === undefined) return null;
  const own = version.kit.template;
  const taken = listTaken(draft.templates, own);
  return (
    <FormSection
      title={message('templates.title')}
      aside={
        <span className="text-12 text-ink-faint">
          {draft.templates.length === 0
            ? message('templates.own')
            : message('templates.inTurn', { count: draft.templates.length })}
        </span>
      }
    >
      <TemplateRow
        brandId={version.brandId}
        kit={version.kit}
        formatId={draft.formatIds[0] ?? 'square-post'}
        isChosen={(template) => taken.includes(template)}
        whyKept={(template) => (taken.length === 1 && taken[0] === template ? message('templates.needsOne') : null)}
        onPick={(template) => editDraft(brief.id, { templates: toggleTemplate(draft.templates, own, template) })}
      />
    </FormSection>
  );
}
