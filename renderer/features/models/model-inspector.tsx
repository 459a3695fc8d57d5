import type { Model } from '../../../electron/contract/system.ts';
import { DeviceNote } from '../../app/device-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { formatBytes, formatMebibytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Facts } from '../../ui/table.tsx';
import { ImportFacts } from './import-facts.tsx';
import type { Fit } from './judge-fit.ts';
import { LoraFit, RemoveModel } from './own-model.tsx';
import { UsualTextModel } from './usual-text-model.tsx';

/** What a licence allows, in a sentence. The licence itself decides; this is for the first look. */
export function explainLicence(licence: string): string {
  if (/apache/i.test(licence)) return message('models.licence.apache');
  if (/^mit\b/i.test(licence)) return message('models.licence.mit');
  if (/rail/i.test(licence)) return message('models.licence.openrail');
  if (/community/i.test(licence)) return message('models.licence.community');
  return message('models.licence.other');
}

export function describeFit(fit: Fit): string {
  switch (fit.kind) {
    case 'held':
      return message('models.fit.held', { held: formatMebibytes(fit.heldMiB), total: formatMebibytes(fit.totalMiB) });
    case 'good':
      return message('models.fit.good', {
        need: formatMebibytes(fit.needMiB),
        free: formatMebibytes(fit.freeMiB),
        total: formatMebibytes(fit.totalMiB),
      });
    case 'tight':
      return message('models.fit.tight', { need: formatMebibytes(fit.needMiB), free: formatMebibytes(fit.freeMiB) });
    case 'tooLarge':
      return message('models.fit.tooLarge', {
        need: formatMebibytes(fit.needMiB),
        total: formatMebibytes(fit.totalMiB),
      });
    case 'unknown':
      return message('models.fit.unknown');
  }
}

/** What a model is, in a word or two. */
export function describeFamily({ family, lora }: Pick<Model, 'family' | 'lora'>): string {
  if (lora === undefined) return family;
  return lora.base === 'unknown' ? message('models.lora.unknown') : message('models.lora.family', { base: lora.base });
}

/** What a model is for. */
export function describeUse({ kind, lora }: Pick<Model, 'kind' | 'lora'>): string {
  return lora === undefined ? message(`models.kind.${kind}.use`) : message('models.lora.use');
}

export function ModelInspector({
  model,
  fit,
  deviceNotes,
  bases,
}: {
  model: Model | null;
  fit: Fit;
  /** Where this kind of model runs and why; empty before the first one was loaded. */
  deviceNotes: readonly string[];
  /** Usable image models, which a LoRA can be compared with. */
  bases: readonly string[];
}) {
  if (!model)
    return <EmptyState title={message('models.inspect.none')}>{message('models.inspect.none.advice')}</EmptyState>;
  return (
    <>
      <div className="border-b px-4 py-3">
        <p className="text-12 text-ink-faint">{describeUse(model)}</p>
        <h2 className="text-15 font-semibold break-words">{model.name}</h2>
      </div>
      {model.problem ? (
        <div className="border-b p-4">
          <ErrorNote title={message('models.problem')} advice={model.problem} />
        </div>
      ) : null}
      {model.note === '' ? null : (
        <InspectorSection title={message('models.note')}>
          <p className="text-13 text-pretty">{model.note}</p>
        </InspectorSection>
      )}
      {model.lora === undefined ? (
        <InspectorSection title={message('models.fit')}>
          <p className="text-13 text-pretty">{describeFit(fit)}</p>
        </InspectorSection>
      ) : (
        <InspectorSection title={message('models.lora.how')}>
          <p className="text-13 text-pretty">{message('models.lora.advice')}</p>
        </InspectorSection>
      )}
      {model.lora === undefined && deviceNotes.length > 0 ? (
        <InspectorSection title={message('models.device')}>
          {deviceNotes.map((note) => (
            <DeviceNote key={note} note={note} className="mt-2 text-13 break-words text-pretty first:mt-0" />
          ))}
        </InspectorSection>
      ) : null}
      {model.kind === 'text' && model.problem === null ? (
        <UsualTextModel key={`usual ${model.name}`} model={model} />
      ) : null}
      <InspectorSection title={message('models.licence')}>
        <p className="text-13 font-medium">{model.licence}</p>
        <p className="text-12 text-pretty text-ink-soft">{explainLicence(model.licence)}</p>
      </InspectorSection>
      <InspectorSection title={message('models.facts')}>
        <Facts
          rows={[
            [message('models.family'), describeFamily(model)],
            ...(model.precision === undefined ? [] : [[message('models.precision'), model.precision] as const]),
            [message('models.size'), formatBytes(model.sizeBytes)],
          ]}
        />
      </InspectorSection>
      {model.lora === undefined ? null : <LoraFit key={model.name} lora={model.name} bases={bases} />}
      {model.imported === undefined ? null : (
        <InspectorSection title={message('models.imported')}>
          <ImportFacts report={model.imported} />
        </InspectorSection>
      )}
      {model.shipped ? null : <RemoveModel key={`remove ${model.name}`} model={model} />}
    </>
  );
}
