import { useQuery } from '@tanstack/react-query';
import { Dices } from 'lucide-react';
import { useState } from 'react';
import type { BrandVersion } from '../../../electron/contract/brand.ts';
import type { BriefId, DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { Deliverable } from '../../../electron/contract/ideation.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { rememberBrief } from '../../app/preferences.ts';
import { navigate } from '../../app/use-route.ts';
import { classNames } from '../../lib/class-names.ts';
import { message } from '../../lib/messages/message.ts';
import { brandQueries, briefQueries } from '../../rpc/queries.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { randomSeed } from '../../lib/random-seed.ts';
import { editDraft } from './draft-store.ts';
import { FormSection } from './form-section.tsx';
import { MAX_SEED, MAX_VARIATIONS, readLocales, readWholeNumber } from './plan-draft.ts';
import { PlanFormats } from './plan-formats.tsx';
import { PlanSource } from './plan-source.tsx';
import { PlanTemplates } from './plan-templates.tsx';
import type { DraftInHand } from './use-plan-draft.ts';

/** What the plan is made of, in the order in which it is decided: brief and brand, concepts, formats, and how many of each. */
export function PlanForm({ inHand }: { inHand: DraftInHand }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-220 flex-col gap-6 px-6 py-5">
        <Basics inHand={inHand} />
        <PlanSource inHand={inHand} />
        <Concepts inHand={inHand} />
        <PlanFormats inHand={inHand} />
        <PlanTemplates inHand={inHand} />
        <Amounts inHand={inHand} />
      </div>
    </div>
  );
}

function chooseBrief(briefId: BriefId): void {
  rememberBrief(briefId);
  navigate({ screen: 'produce', parts: [briefId] }, { replace: true });
}

function Basics({ inHand: { brief, brands, draft } }: { inHand: DraftInHand }) {
  const { data: briefs = [] } = useQuery(briefQueries.list());
  const brandId =
    brands.find(({ latest }) => latest.id === draft.brandVersionId)?.latest.brandId ??
    brands[0]?.latest.brandId ??
    null;
  return (
    <div className="grid grid-cols-3 gap-4">
      <Select
        label={message('produce.brief')}
        value={brief.id}
        onChange={chooseBrief}
        options={briefs.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {brandId === null ? <NoBrand /> : <BrandVersionSelect brandId={brandId} inHand={{ brief, brands, draft }} />}
      <TextField
        label={message('produce.name')}
        value={draft.name}
        maxLength={120}
        error={draft.name.trim() === '' ? message('produce.problem.noName') : null}
        onChange={(event) => editDraft(brief.id, { name: event.target.value })}
      />
    </div>
  );
}

function NoBrand() {
  return (
    <div className="flex flex-col gap-1">
      <span className="text-12 text-ink-soft">{message('produce.brandVersion')}</span>
      <Button onClick={() => navigate({ screen: 'brand' })}>{message('produce.importBrand')}</Button>
    </div>
  );
}

/** Every version of every brand can be produced under; the newest is marked, and is the default. */
function BrandVersionSelect({
  brandId,
  inHand: { brief, brands, draft },
}: {
  brandId: BrandVersion['brandId'];
  inHand: Pick<DraftInHand, 'brief' | 'brands' | 'draft'>;
}) {
  const { data: versions } = useQuery(brandQueries.versions(brandId));
  const own: readonly BrandVersion[] = (versions ?? []).toSorted((a, b) => b.number - a.number);
  const others = brands.filter(({ latest }) => latest.brandId !== brandId).map(({ latest }) => latest);
  const newest = new Set(brands.map(({ latest }) => latest.id));
  const options = [
    ...(own.length > 0 ? own : brands.filter(({ latest }) => latest.brandId === brandId).map(({ latest }) => latest)),
    ...others,
  ];
  return (
    <Select
      label={message('produce.brandVersion')}
      value={draft.brandVersionId ?? ''}
      onChange={(id) => {
        const version = options.find((option) => option.id === id);
        if (version) editDraft(brief.id, { brandVersionId: version.id });
      }}
      options={options.map((version) => ({
        value: String(version.id),
        label: message(newest.has(version.id) ? 'produce.versionLatest' : 'produce.version', {
          name: version.kit.name,
          number: version.number,
        }),
      }))}
    />
  );
}

function Concepts({ inHand: { brief, concepts, draft } }: { inHand: DraftInHand }) {
  const [problem, setProblem] = useState<unknown>(null);
  function choose(deliverableIds: DeliverableId[], chosen: boolean) {
    if (deliverableIds.length === 0) return;
    setProblem(null);
    studio.ideation.choose({ deliverableIds, chosen }).catch(setProblem);
  }
  const allChosen = draft.conceptIds.length === concepts.length;
  return (
    <FormSection
      title={message('produce.concepts')}
      aside={
        concepts.length === 0 ? null : (
          <>
            <span className="text-12 text-ink-faint tabular-nums">
              {message('produce.chosenOf', { chosen: draft.conceptIds.length, total: concepts.length })}
            </span>
            <Button
              variant="quiet"
              onClick={() =>
                choose(
                  concepts.filter(({ chosen }) => chosen === allChosen).map(({ id }) => id),
                  !allChosen,
                )
              }
            >
              {message(allChosen ? 'produce.chooseNone' : 'produce.chooseAll')}
            </Button>
          </>
        )
      }
    >
      {problem === null ? null : <FailureNote error={problem} />}
      {concepts.length === 0 ? (
        <div className="flex items-center justify-between gap-4 rounded-control border border-dashed border-line-strong px-4 py-3">
          <p className="text-13 text-ink-soft">{message('produce.noConcepts')}</p>
          <Button onClick={() => navigate({ screen: 'ideate', parts: [brief.id] })}>
            {message('produce.goToIdeate')}
          </Button>
        </div>
      ) : (
        <ul className="grid grid-cols-2 gap-2">
          {concepts.map((concept) => (
            <ConceptCard key={concept.id} concept={concept} onChoose={(chosen) => choose([concept.id], chosen)} />
          ))}
        </ul>
      )}
    </FormSection>
  );
}

function ConceptCard({ concept, onChoose }: { concept: Deliverable; onChoose: (chosen: boolean) => void }) {
  if (concept.content.kind !== 'concept') return null;
  const { headline, imagePrompt } = concept.content.concept;
  return (
    <li>
      <button
        type="button"
        aria-pressed={concept.chosen}
        onClick={() => onChoose(!concept.chosen)}
        className={classNames(
          'flex h-full w-full items-start gap-2.5 rounded-control border px-3 py-2 text-left transition-colors',
          concept.chosen ? 'border-accent-text bg-accent-wash' : 'bg-panel hover:border-line-strong',
        )}
      >
        <CheckBox checked={concept.chosen} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-13 font-medium">{headline}</span>
          <span className={classNames('line-clamp-2 text-12', concept.chosen ? 'text-ink-soft' : 'text-ink-faint')}>
            {imagePrompt}
          </span>
        </span>
      </button>
    </li>
  );
}

/** Only drawn: the button around it is what is pressed. */
function CheckBox({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={classNames(
        'mt-[3px] inline-flex size-3.5 shrink-0 items-center justify-center rounded-[3px] border',
        checked ? 'border-transparent bg-accent text-accent-ink' : 'border-line-strong',
      )}
    >
      {checked ? <StatusMark kind="approved" label="" sizePx={12} className="text-accent-ink" /> : null}
    </span>
  );
}

function Amounts({ inHand: { brief, draft } }: { inHand: DraftInHand }) {
  const [locales, setLocales] = useState<string | null>(null);
  const [variations, setVariations] = useState<string | null>(null);
  const [seed, setSeed] = useState<string | null>(null);
  const { wrong } = readLocales(locales ?? draft.locales.join(', '));
  const badVariations = variations !== null && readWholeNumber(variations, 1, MAX_VARIATIONS) === null;
  const badSeed = seed !== null && readWholeNumber(seed, 0, MAX_SEED) === null;
  function takeNumber(text: string, min: number, max: number, field: 'variations' | 'seed') {
    const value = readWholeNumber(text, min, max);
    if (value !== null) editDraft(brief.id, { [field]: value });
  }
  return (
    <FormSection title={message('produce.amounts')}>
      <div className="grid grid-cols-3 gap-4">
        <TextField
          label={message('produce.variations')}
          inputMode="numeric"
          value={variations ?? String(draft.variations)}
          hint={message('produce.variationsHint')}
          error={badVariations ? message('produce.variationsWrong', { max: MAX_VARIATIONS }) : null}
          onChange={(event) => {
            setVariations(event.target.value);
            takeNumber(event.target.value, 1, MAX_VARIATIONS, 'variations');
          }}
          onBlur={() => !badVariations && setVariations(null)}
        />
        <TextField
          label={message('produce.locales')}
          value={locales ?? draft.locales.join(', ')}
          hint={message('produce.localesHint')}
          error={
            wrong.length > 0
              ? message('produce.localesWrong', { words: wrong.join(', ') })
              : draft.locales.length === 0
                ? message('produce.problem.noLocales')
                : null
          }
          onChange={(event) => {
            setLocales(event.target.value);
            editDraft(brief.id, { locales: readLocales(event.target.value).locales });
          }}
          onBlur={() => wrong.length === 0 && setLocales(null)}
        />
        <div className="flex items-start gap-1">
          <TextField
            label={message('produce.seed')}
            inputMode="numeric"
            className="flex-1 [&_input]:font-mono [&_input]:text-12"
            value={seed ?? String(draft.seed)}
            hint={message('produce.seedHint')}
            error={badSeed ? message('produce.seedWrong', { max: String(MAX_SEED) }) : null}
            onChange={(event) => {
              setSeed(event.target.value);
              takeNumber(event.target.value, 0, MAX_SEED, 'seed');
            }}
            onBlur={() => !badSeed && setSeed(null)}
          />
          <IconButton
            icon={Dices}
            label={message('produce.newSeed')}
            className="mt-5"
            onClick={() => {
              setSeed(null);
              editDraft(brief.id, { seed: randomSeed() });
            }}
          />
        </div>
      </div>
    </FormSection>
  );
}

export function PlanFormSkeleton() {
  return (
    <div aria-hidden className="mx-auto flex w-full max-w-220 flex-col gap-6 px-6 py-5">
      <div className="grid grid-cols-3 gap-4">
        {[1, 2, 3].map((key) => (
          <Skeleton key={key} className="h-12" />
        ))}
      </div>
      <div className="grid grid-cols-2 gap-2 pt-8">
        {[1, 2, 3, 4].map((key) => (
          <Skeleton key={key} className="h-17" />
        ))}
      </div>
      <div className="grid grid-cols-4 gap-2 pt-8">
        {[1, 2, 3, 4, 5, 6, 7].map((key) => (
          <Skeleton key={key} className="h-11.5" />
        ))}
      </div>
    </div>
  );
}
