import { describe, expect, it } from 'vitest';
import { briefFrontMatterSchema } from '../../../../../electron/contract/brief.ts';
import type { Concept, DeliverableContent, Persona } from '../../../../../electron/contract/ideation.ts';
import { judgeContent } from '../../../../../electron/domain/ideation/gate/judge-content.ts';

const fields = briefFrontMatterSchema.parse({
  name: 'First bottle',
  product: 'Lumen Oat',
  what: 'oat drink in returnable glass bottles',
  audience: 'city families who cook at home',
  goal: 'make people try the first bottle',
  facts: ['made from Baltic oats', 'a bottle holds 0.75 litres', 'keeps ٤ days once opened'],
});
const good: Concept = {
  title: 'The way back',
  headline: 'The bottle comes back',
  body: 'Lumen Oat is made from Baltic oats. The bottle goes back to any shop.',
  callToAction: 'Try one',
  imagePrompt: 'calm waves in blue and white, open space at the top',
};
const concept = (changes: Partial<Concept> = {}): DeliverableContent => ({
  kind: 'concept',
  concept: { ...good, ...changes },
});
const judge = (content: DeliverableContent, board: DeliverableContent[] = [], brief = fields) =>
  judgeContent(content, { fields: brief, notes: 'Two shops closed, 38 percent are overdue.', board })?.reason ?? null;

describe('the gate', () => {
  it.each([
    ['a good concept', {}],
    [
      'the short words of the starter',
      { title: 'Facts first', headline: 'Ready? Lumen Oat is.', callToAction: 'Go to Lumen Oat' },
    ],
    ['figures of speech', { body: 'Pour it, rinse it, return it. Lumen Oat does, and so do you: again and again.' }],
    ['numbers of the brief, also in other digits', { body: 'Lumen Oat: 0.75 litres that keep 4 days, 38 percent.' }],
    ['a name twice', { headline: 'Lumen Oat, at last', body: 'Lumen Oat for city families who cook at home.' }],
  ])('lets %s pass', (_, changes) => {
    expect(judge(concept(changes))).toBeNull();
  });

  it.each([
    ['digits only', { title: '2 / 2' }, 'no words'],
    ['a number of its own', { body: 'Lumen Oat wins 2019 again.' }, 'number 2019'],
    ['an address', { callToAction: 'Go to www.oat.com' }, 'address'],
    ['a mail address', { callToAction: 'Write to a@oat.eu' }, 'address'],
    ['a placeholder', { imagePrompt: 'a bottle, [insert image] behind it' }, '[insert image]'],
    ['code', { body: 'Lumen Oat const { price }' }, 'placeholder'],
    ['a chat mark', { body: 'Lumen Oat <|im_end|> is here.' }, 'marks of a chat'],
    ['the instructions', { title: 'Working name of the idea' }, 'instructions'],
    ['a label', { headline: 'Product: Lumen Oat' }, 'instructions'],
    ['a clipped sentence', { headline: 'Lumen Oat is made of Baltic oats, which are' }, 'ends before'],
    ['a comma at the end', { callToAction: 'Bring your bottle,' }, 'ends before'],
    ['an ellipsis', { body: 'Lumen Oat is a drink that…' }, 'ends before'],
    ['a beginning that lacks', { headline: ', at home' }, 'begins in the middle'],
    ['fields alike', { headline: 'The way  back!' }, 'title and headline'],
    ['the same twice', { body: 'Lumen Oat: no added sugar. Worth knowing: no added sugar.' }, 'twice'],
    ['no product', { body: 'Made from Baltic oats.' }, 'does not name the product'],
    [
      'another language',
      { body: 'Lumen Oat ist die Flasche, die wir auch für dich und sie mit Liebe machen.' },
      'another language',
    ],
    [
      'another script',
      { headline: 'Новая бутылка', body: 'Lumen Oat: овсяный напиток в бутылке, которая возвращается' },
      'script',
    ],
  ])('refuses %s and says so', (_, changes, reason) => {
    expect(judge(concept(changes))).toContain(reason);
  });

  it('refuses what stands on the board already, and a product for a person', () => {
    expect(judge(concept({ title: 'Way back' }), [concept()])).toContain('repeats a concept');
    const persona: Persona = {
      name: 'Ida',
      summary: 'Cooks for four every evening.',
      needs: ['Milk that froths', 'Less to carry'],
      frustrations: ['Cartons everywhere', 'Labels that shout'],
      quote: 'I just want it to work.',
    };
    const named = (name: string): DeliverableContent => ({ kind: 'persona', persona: { ...persona, name } });
    expect(judge(named('Ida'))).toBeNull();
    expect(judge(named('Lumen Oat'))).toContain('not called');
    expect(judge(named('ida'), [named('Ida')])).not.toBeNull();
  });

  it('reads other scripts', () => {
    const japanese = briefFrontMatterSchema.parse({ ...fields, product: 'ルーメンオーツ', locales: ['ja'] });
    const words = {
      title: '春の一本',
      headline: '瓶は、また帰ってくる',
      body: 'ルーメンオーツはバルト海のオーツ麦から。瓶はどの店でも返せます。',
      callToAction: '試してみる',
    };
    expect(judge(concept(words), [], japanese)).toBeNull();
    expect(judge(concept(), [], japanese)).toContain('script');
    const arabic = briefFrontMatterSchema.parse({ ...fields, product: 'قهوة الواحة', locales: ['ar'] });
    const spring = {
      title: 'الربيع',
      headline: 'قهوة تعود إليك',
      body: 'قهوة الواحة من مزارع اليمن، والعبوة تعود إلى أي متجر.',
      callToAction: 'جرّب الآن',
    };
    expect(judge(concept(spring), [], arabic)).toBeNull();
  });
});
