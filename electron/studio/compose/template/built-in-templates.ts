import type { Template } from '../../../contract/template.ts';
import { readTemplate } from '../../../domain/brand/parse-template.ts';
import bannerBand from '../templates/banner-band.json' with { type: 'json' };
import card from '../templates/card.json' with { type: 'json' };
import cornerLabel from '../templates/corner-label.json' with { type: 'json' };
import editorial from '../templates/editorial.json' with { type: 'json' };
import framed from '../templates/framed.json' with { type: 'json' };
import fullBleed from '../templates/full-bleed.json' with { type: 'json' };
import headlineStack from '../templates/headline-stack.json' with { type: 'json' };
import minimalPoster from '../templates/minimal-poster.json' with { type: 'json' };
import splitPanel from '../templates/split-panel.json' with { type: 'json' };

const sources: readonly unknown[] = [
  headlineStack,
  splitPanel,
  fullBleed,
  framed,
  bannerBand,
  editorial,
  card,
  cornerLabel,
  minimalPoster,
];
const byName = new Map(
  sources.map((source) => {
    const template = readTemplate(source, 'a template that ships');
    return [template.name, template];
  }),
);

/**
 * Null when no template of that name ships, or none of that version. Without a version the newest. The version before the newest draws in the first way and has no legal line in
 * leaderboards.
 */
export function findBuiltInTemplate(name: string, version: number | null = null): Template | null {
  const newest = byName.get(name);
  if (newest === undefined) return null;
  if (version === null || version === newest.version) return newest;
  return version === newest.version - 1 ? drawEarlier(newest) : null;
}

function drawEarlier(template: Template): Template {
  return {
    ...template,
    version: template.version - 1,
    drawing: 1,
    layouts: template.layouts.map((layout) =>
      layout.formats.includes('leaderboard')
        ? {
            ...layout,
            stacks: layout.stacks.map((stack) => ({
              ...stack,
              items: stack.items.filter(({ slot }) => slot !== 'legal'),
            })),
          }
        : layout,
    ),
  };
}
