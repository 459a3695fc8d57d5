import { readFileSync } from 'node:fs';
import type { BrandKit } from '../../../electron/contract/brand.ts';
import { parseKit } from '../../../electron/domain/brand/parse-kit.ts';
import type { Concept, Gap, Persona } from '../../../electron/contract/ideation.ts';

export const stubBriefText = `---
name: Spring launch
product: Lumen Oat
what: an oat drink made for coffee, from oats grown within 80 km of the mill
audience: people who make coffee at home before work and want it to taste like the café
goal: make home baristas try the new barista carton in April
tone: warm, plain, a little dry
avoid: [miracle, superfood, guilt-free]
facts:
  - foams at 55 to 65 °C without splitting
  - 4 ingredients, no added sugar
  - carton is made from 88 % plant fibre
formats: [square-post, portrait-post, story]
locales: [en]
---

Shoot nothing with people. Abstract shapes, morning light, steam.

Talk about the foam first, the field second.
`;

export const stubSecondBriefText = stubBriefText
  .replace('Spring launch', 'Refill bottle')
  .replace('make home baristas try the new barista carton in April', 'get regulars to bring the glass bottle back');

const exampleFolder = new URL('../../../examples/lumen-oat/', import.meta.url);

/** A file of the example brand. */
export function readExampleFile(name: string): Buffer {
  return readFileSync(new URL(name, exampleFolder));
}

export const stubKit: BrandKit = parseKit(readExampleFile('brand.json'), 'brand.json');

export const stubPersona: Persona = {
  name: 'Six-thirty Mira',
  summary: 'Makes one good coffee before a long shift and judges every carton by its foam.',
  needs: ['Foam that holds while the toast is done', 'A taste that leaves the coffee alone'],
  frustrations: ['Oat drinks that split at 70 °C', 'Cartons that promise a lifestyle'],
  quote: 'If it foams like at the corner café, I buy it again.',
};

export const stubGaps: Gap[] = [
  {
    title: 'Foam is promised, never shown',
    observation: 'Competing cartons say barista but name no temperature.',
    opportunity: 'Say 55 to 65 °C and show the foam standing.',
  },
  {
    title: 'Origin is decoration',
    observation: 'Fields appear on every pack and mean nothing.',
    opportunity: 'Name the 80 km and the mill.',
  },
];

export const stubConcepts: Concept[] = [
  {
    title: 'The line',
    headline: 'Foam that waits for you',
    body: 'It stands at 60 °C and keeps standing. Your toast can take its time.',
    callToAction: 'Try the carton',
    imagePrompt: 'layered cream waves rising over a gold horizon, soft grain, morning light',
  },
  {
    title: 'Short list',
    headline: 'Four ingredients, one good cup',
    body: 'Oats, water, a little oil, a little salt. The rest is your coffee.',
    callToAction: 'Read the carton',
    imagePrompt: 'four overlapping paper circles in oat and clay on cream',
  },
  {
    title: 'Eighty',
    headline: 'Eighty kilometres to breakfast',
    body: 'From field to mill to cup without seeing an airport.',
    callToAction: 'See the mill',
    imagePrompt: 'contour lines of a field in green and gold, calm, flat light',
  },
  {
    title: 'Dry humour',
    headline: 'Nothing to confess',
    body: 'It is an oat drink. It foams. That is the whole story.',
    callToAction: 'Have a cup',
    imagePrompt: 'one large clay disc above a thin dark horizon',
  },
  {
    title: 'Steam',
    headline: 'Morning, with a head on it',
    body: 'Pour, swirl, wait three seconds. There.',
    callToAction: 'Make one',
    imagePrompt: 'ribbons of steam as paper strips, cream on dark green',
  },
  {
    title: 'The box',
    headline: 'Even the carton grew',
    body: 'Eighty-eight percent of this carton was a plant, too.',
    callToAction: 'Recycle it',
    imagePrompt: 'interlocking leaf shapes in two greens and gold',
  },
];
