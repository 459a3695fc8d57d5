import type { BrandKit } from '../../contract/brand.ts';
import type { CheckName, ComplianceReport } from '../../contract/compliance.ts';
import type { Remake, RemakeChange, RemakeSettings } from '../../contract/remake.ts';
import { templateNames } from '../brand/template-names.ts';
import { listKitTemplates } from './choose-template.ts';
import { deriveSeed } from './derive-seed.ts';

/** What a new picture can mend: its colours, its shapes under the type, or how the template sets it. Copy and files are for people. */
const mendable: Readonly<Partial<Record<CheckName, 'colour' | 'picture' | 'template'>>> = {
  palette: 'colour',
  'off-palette': 'colour',
  'palette-share': 'picture',
  style: 'picture',
  sameness: 'picture',
  contrast: 'picture',
  'busy-ground': 'picture',
  logo: 'picture',
  'logo-contrast': 'picture',
  'logo-variant': 'picture',
  'logo-ground': 'picture',
  'logo-space': 'template',
  'logo-size': 'template',
  'safe-area': 'template',
  'text-fit': 'template',
};

/** How much the pull of the palette changes in one step. */
const GUIDANCE_STEP = 0.2;
const LESS_GUIDANCE = 0.3;

/** A picture as it was made: the settings of its try, which one it was, and what came of it. */
export type FailedTry = {
  readonly number: number;
  readonly cellSeed: number;
  readonly settings: RemakeSettings;
  readonly report: ComplianceReport;
  readonly kit: BrandKit;
};

export function firstSettings(cellSeed: number): RemakeSettings {
  return { seed: cellSeed, paletteGuidance: null, negativeTerms: [], template: null };
}

/** The next try of a picture that failed, or null: it passed, the tries are used up, or something failed that no new picture mends. */
export function planRemake({ number, cellSeed, settings, report, kit }: FailedTry): Remake | null {
  const failed = report.checks.filter(({ passed }) => !passed);
  if (report.passed || failed.length === 0 || number >= kit.thresholds.tries) return null;
  const remedies = new Set(failed.map(({ name }) => mendable[name]));
  if (remedies.has(undefined)) return null;
  const changes: RemakeChange[] = [];
  if (remedies.has('template')) {
    const change = changeTemplate(settings, kit);
    // With the same template the type would stand as before.
    if (change === null) return null;
    changes.push(change);
  }
  changes.push({ what: 'seed', from: settings.seed, to: deriveSeed(cellSeed, 'try', settings.seed, number + 1) });
  if (remedies.has('colour')) changes.push(...changeColours(settings, kit, failed, number));
  if (number > 1) changes.push(...ruleOutColour(settings, failed));
  return {
    number: number + 1,
    cause: 'checks',
    failedChecks: failed.map(({ name }) => name),
    changes,
    settings: changes.reduce(applyChange, settings),
  };
}

/** The templates that may stand in for the kit's own, the next one first: those that the kit lists; one that lists only its own leaves the choice to the studio, among those that ship. */
export function listSpareTemplates(kit: Pick<BrandKit, 'template' | 'templates'>): string[] {
  const own = listKitTemplates(kit);
  const round = own.length > 1 ? own : [...new Set([...own, ...templateNames])];
  const at = round.indexOf(kit.template);
  return [...round.slice(at + 1), ...round.slice(0, at)];
}

function changeTemplate(settings: RemakeSettings, kit: BrandKit): RemakeChange | null {
  const from = settings.template ?? kit.template;
  const own = listKitTemplates(kit);
  const round = own.length > 1 ? own : [...new Set([...own, ...templateNames])];
  const to = round[(round.indexOf(from) + 1) % round.length];
  return to === undefined || to === from ? null : { what: 'template', from, to };
}

/** Beyond this many times its threshold a picture is far off the palette. */
const FAR = 1.4;

/**
 * Far off the palette it pulls much harder. Near it, pulling may be what mixed the colours: the second try lets the words of the prompt do more of the work, and the third
 * pulls a little harder than the kit after all.
 */
function changeColours(
  settings: RemakeSettings,
  kit: BrandKit,
  failed: ComplianceReport['checks'],
  number: number,
): RemakeChange[] {
  const own = kit.style.paletteGuidance;
  const from = settings.paletteGuidance ?? own;
  const isFar = failed.some(({ name, score, threshold }) => mendable[name] === 'colour' && score > threshold * FAR);
  const to = roundGuidance(
    isFar || from === 0 ? from + 2 * GUIDANCE_STEP : number === 1 ? from - LESS_GUIDANCE : own + GUIDANCE_STEP,
  );
  return to === from ? [] : [{ what: 'paletteGuidance', from, to }];
}

/** From the second failure on the name of a colour that came in from outside, or fills too much, goes among the negative terms. */
function ruleOutColour(settings: RemakeSettings, failed: ComplianceReport['checks']): RemakeChange[] {
  const added = failed.find(({ culprit }) => culprit !== undefined)?.culprit;
  return added === undefined || settings.negativeTerms.includes(added) ? [] : [{ what: 'negativeTerm', added }];
}

/** Never off altogether and never beyond the strongest pull, in hundredths. */
function roundGuidance(strength: number): number {
  return Math.round(Math.min(1, Math.max(GUIDANCE_STEP / 2, strength)) * 100) / 100;
}

function applyChange(settings: RemakeSettings, change: RemakeChange): RemakeSettings {
  switch (change.what) {
    case 'seed':
      return { ...settings, seed: change.to };
    case 'paletteGuidance':
      return { ...settings, paletteGuidance: change.to };
    case 'negativeTerm':
      return { ...settings, negativeTerms: [...settings.negativeTerms, change.added] };
    case 'template':
      return { ...settings, template: change.to };
  }
}

/** Another take that a person asked for: the same picture with a seed that none of the cell's earlier jobs had. */
export function planRetake(cellSeed: number, earlierJobs: number): Remake {
  const seed = deriveSeed(cellSeed, 'take', earlierJobs + 1);
  return {
    number: 1,
    cause: 'person',
    failedChecks: [],
    changes: [{ what: 'seed', from: cellSeed, to: seed }],
    settings: { ...firstSettings(cellSeed), seed },
  };
}

/** The kit as a try uses it. */
export function applySettings(kit: BrandKit, settings: RemakeSettings): BrandKit {
  return {
    ...kit,
    template: settings.template ?? kit.template,
    style: {
      ...kit.style,
      paletteGuidance: settings.paletteGuidance ?? kit.style.paletteGuidance,
      negativeTerms: [...kit.style.negativeTerms, ...settings.negativeTerms],
    },
  };
}
