import { X } from 'lucide-react';
import { message } from '../../lib/messages/message.ts';
import { assetUrl } from '../../rpc/asset-url.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import { editDraft } from './draft-store.ts';
import { FormSection } from './form-section.tsx';
import type { DraftInHand } from './use-plan-draft.ts';

/** Percent of the steps that run. */
const [NEAREST, FARTHEST] = [20, 100];

/** The picture that all pictures of the plan start from, and how far they may go from it. Nothing where they start from noise. */
export function PlanSource({ inHand: { brief, draft } }: { inHand: DraftInHand }) {
  const { source } = draft;
  if (source === null) return null;
  const percent = Math.round(source.strength * 100);
  return (
    <FormSection title={message('produce.source')}>
      <div className="flex items-center gap-4 rounded-control border bg-panel p-3">
        <Thumb url={assetUrl(source.thumbnail)} alt="" className="size-20 shrink-0 rounded-small" />
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <p className="truncate text-13 font-medium">{source.name}</p>
          <Slider
            label={message('produce.source.far')}
            value={percent}
            min={NEAREST}
            max={FARTHEST}
            step={5}
            valueText={`${percent} %`}
            onChange={(next) => editDraft(brief.id, { source: { ...source, strength: next / 100 } })}
          />
          <p className="text-12 text-ink-faint">{message('produce.source.advice')}</p>
        </div>
        <IconButton
          icon={X}
          label={message('produce.source.remove')}
          className="self-start"
          onClick={() => editDraft(brief.id, { source: null })}
        />
      </div>
    </FormSection>
  );
}
