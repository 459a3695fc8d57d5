import type { BrandKit } from '../../../electron/contract/brand.ts';
import { brandKitSchema } from '../../../electron/contract/brand.ts';
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

export const stubKit: BrandKit = brandKitSchema.parse({
  name: 'Lumen Oat',
  palette: [
    { name: 'Oat cream', hex: '#f6efe2', role: 'background', tolerance: 12 },
    { name: 'Mill gold', hex: '#e2b04a', role: 'primary', tolerance: 12 },
    { name: 'Clay', hex: '#c8623a', role: 'accent', tolerance: 10 },
    { name: 'Field green', hex: '#7a9a6b', role: 'secondary', tolerance: 14 },
    { name: 'Night mill', hex: '#2f4034', role: 'text', tolerance: 10 },
    { name: 'Stone', hex: '#b9b2a4', role: 'neutral', tolerance: 14 },
  ],
  type: {
    headline: { family: 'Lumen Display', file: 'fonts/display.woff2', minSizePx: 48 },
    body: { family: 'Lumen Text', file: 'fonts/text.woff2', minSizePx: 24 },
  },
  logos: [
    { name: 'Wordmark, dark', file: 'logo-dark.svg', on: 'light', clearSpace: 0.5, minWidthPx: 96 },
    { name: 'Wordmark, light', file: 'logo-light.svg', on: 'dark', clearSpace: 0.5, minWidthPx: 96 },
  ],
  voice: {
    tone: 'Warm, plain, a little dry. Short sentences. We say what the oat does, not what it means.',
    say: ['oat drink', 'foam', 'the mill', 'morning'],
    neverSay: ['milk', 'miracle', 'superfood', 'guilt-free'],
  },
  style: {
    promptParts: ['soft grain', 'morning light', 'overlapping paper shapes'],
    negativeTerms: ['people', 'text', 'photographic splash'],
    paletteGuidance: 0.6,
  },
});

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
