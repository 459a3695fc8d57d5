import type { BrandKit } from '../../contract/brand.ts';
import type { BrandVersionId, BriefId } from '../../contract/identifiers.ts';
import type { ChannelFormat, FormatId } from '../../contract/format.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Forecast, Plan } from '../../contract/plan.ts';
import { templateNames } from '../../domain/brand/template-names.ts';
import { listKitTemplates } from '../../domain/production/choose-template.ts';
import { forecastPlan } from '../../domain/production/forecast.ts';
import { planCells } from '../../domain/production/plan-cells.ts';
import type { PlanAxes } from '../../domain/production/plan-cells.ts';
import type { NewPlan } from '../../library/repositories/plan-repository.ts';
import type { StudioContext } from '../system/studio-context.ts';

export type CreatePlanInput = Omit<NewPlan, 'cells'> & {
  readonly briefId: BriefId;
  readonly brandVersionId: BrandVersionId;
};

/** Lays out every cell. @throws plan.tooLarge, brief.notFound, brand.notFound, deliverable.notFound, format.notFound, brand.invalid for an unknown template */
export function createPlan({ library }: StudioContext, input: CreatePlanInput): Plan {
  for (const conceptId of input.conceptIds) {
    if (library.deliverables.get(conceptId).content.kind !== 'concept') {
      throw new StudioError(
        'deliverable.notFound',
        'A plan is made of concepts; one of the chosen deliverables is something else.',
        { id: conceptId },
      );
    }
  }
  findFormats(library, input.formatIds);
  assertTemplates(library.brands.version(input.brandVersionId).kit, input.templates ?? []);
  return library.plans.create({ ...input, cells: planCells(input, input.seed) });
}

/** Each once, of those that may be chosen. @throws format.notFound */
function findFormats({ formats }: StudioContext['library'], wanted: readonly FormatId[]): ChannelFormat[] {
  const known = new Map(formats.list().map((format) => [format.id, format]));
  return [...new Set(wanted)].map((id) => {
    const format = known.get(id);
    if (format === undefined)
      throw new StudioError('format.notFound', `There is no format ${id} in this library.`, { id });
    return format;
  });
}

/** A file has to be in the kit; what ships may always be used. */
function assertTemplates(kit: BrandKit, templates: readonly string[]): void {
  const known = new Set([...templateNames, ...listKitTemplates(kit)]);
  const unknown = templates.find((template) => !known.has(template));
  if (unknown === undefined) return;
  const expected = `one of ${[...known].join(', ')}`;
  throw new StudioError('brand.invalid', `The brand version has no template "${unknown}". Expected ${expected}.`, {
    file: kit.name,
    field: 'templates',
    reason: `there is no template "${unknown}"`,
    expected,
  });
}

/** What a plan of these axes costs, from what earlier pictures cost on this machine. */
/** @throws format.notFound */
export function forecastAxes({ library, rate }: StudioContext, axes: PlanAxes): Forecast {
  return forecastPlan(axes, findFormats(library, axes.formatIds), {
    secondsPerImage: rate.secondsPerImage(),
    bytesPerPixel: null,
  });
}
