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

/** Null when no template of that name ships. */
export function findBuiltInTemplate(name: string): Template | null {
  return byName.get(name) ?? null;
}
