import { describe, expect, it } from 'vitest';
import { restoreAnswer } from '../../../../native-models/text/restore-answer.ts';
import { RestoringStream, restoreWords } from '../../../../native-models/text/restore-words.ts';
import { chooseSwaps, hideWords, type StandIns, type Swap } from '../../../../native-models/text/stand-ins.ts';

const declared = {
  product: [['Wren'], ['Heron']],
  audience: [['nurses who work at night', 'nurses']],
  fact: [['packed by hand'], ['checked twice']],
} satisfies StandIns;
const prompt = [
  'Task: concept',
  "Product: Queen's Corner",
  'Audience: adults who never learned chess',
  'Facts: boards provided; Tuesdays at seven',
  "Used headlines: Queen's Corner for adults",
].join('\n');
const phrases = [
  { role: 'product' as const, text: "Queen's Corner" },
  { role: 'audience' as const, text: 'adults who never learned chess', short: 'adults' },
  { role: 'fact' as const, text: 'boards provided' },
  { role: 'fact' as const, text: 'not in this prompt' },
  { role: 'what' as const, text: 'concept' },
];
const swaps = chooseSwaps(declared, phrases, [prompt]);
const name = (real: string): Swap[] => [{ real: [real, real], standIn: ['Wren', 'Wren'] }];

describe('stand-ins', () => {
  it('take the place of the phrases in the values of a prompt, and only there', () => {
    expect(hideWords(prompt, swaps).split('\n')).toEqual([
      'Task: concept',
      'Product: Wren',
      'Audience: nurses who work at night',
      'Facts: packed by hand; Tuesdays at seven',
      'Used headlines: Wren for nurses',
    ]);
    const label = chooseSwaps(declared, [{ role: 'product', text: 'Product' }], ['Product: Product']);
    expect(hideWords('Product: Product', label)).toBe('Product: Wren');
  });

  it('are never words that the prompt holds already; with none left the phrase stays', () => {
    const both = 'Product: Lumen\nWhat: a wren and a heron';
    expect(chooseSwaps(declared, [{ role: 'product', text: 'Lumen' }], ['Product: Lumen\nWhat: WREN calls'])).toEqual([
      { real: ['Lumen', 'Lumen'], standIn: ['Heron', 'Heron'] },
    ]);
    expect(chooseSwaps(declared, [{ role: 'product', text: 'Lumen' }], [both])).toEqual([]);
    expect(hideWords(both, [])).toBe(both);
  });

  it('have one form where the phrase has one', () => {
    const [swap] = chooseSwaps(
      declared,
      [{ role: 'audience', text: 'students', short: 'students' }],
      ['For: students'],
    );
    expect(swap?.standIn).toEqual(['nurses', 'nurses']);
  });
});

describe('restored words', () => {
  it('stand where the stand-ins stood, whole and short', () => {
    expect(restoreWords('Wren for nurses who work at night. Dear nurses!', swaps)).toBe(
      "Queen's Corner for adults who never learned chess. Dear adults!",
    );
    expect(restoreWords('Wrens, Wrenhouse and nursestation stay.', swaps)).toBe(
      'Wrens, Wrenhouse and nursestation stay.',
    );
  });

  it('follow the case of a sentence and of a shout', () => {
    expect(restoreWords('Nurses know. Packed by hand. WREN!', swaps)).toBe(
      "Adults know. Boards provided. QUEEN'S CORNER!",
    );
    expect(restoreWords('Wren and wren', name('éclat 9'))).toBe('éclat 9 and éclat 9');
  });

  it('do not double a possessive or a stop', () => {
    expect(restoreWords("Wren's day", name('Lumen Oat'))).toBe("Lumen Oat's day");
    expect(restoreWords("Wren's day", name("Ada's"))).toBe("Ada's day");
    expect(restoreWords('It is Wren. Wren! Wren?', name('Yes!'))).toBe('It is Yes! Yes!! Yes!?');
  });

  it('take dollar signs and quotes as they are', () => {
    expect(restoreWords('Wren', name('$& "A" \\'))).toBe('$& "A" \\');
    expect(JSON.parse(`"${restoreWords('to\\nWren', name('$& "A" \\'), { asJson: true })}"`)).toBe('to\n$& "A" \\');
  });

  it('come out of a stream the same, however it is cut, and no stand-in is shown on the way', () => {
    const raw = "Wren's new. Nurses who wait, nurses who work at night: Wren.";
    const whole = restoreWords(raw, swaps);
    for (let size = 1; size <= raw.length; size += 1) {
      const stream = new RestoringStream(swaps, {});
      let shown = '';
      for (let start = 0; start < raw.length; start += size) {
        shown += stream.add(raw.slice(start, start + size));
        expect(whole.startsWith(shown)).toBe(true);
      }
      expect(shown + stream.end()).toBe(whole);
    }
  });
});

describe('a restored answer', () => {
  const schema = {
    type: 'object',
    properties: {
      headline: { type: 'string', maxLength: 40 },
      needs: { type: 'array', items: { type: 'string', maxLength: 24 } },
    },
  };
  const restore = (answer: unknown) => JSON.parse(restoreAnswer(JSON.stringify(answer), swaps, schema)) as unknown;

  it('keeps to the lengths of its schema: short forms first, then whole sentences, then whole words', () => {
    expect(restore({ headline: 'Wren for nurses who work at night', needs: ['Wren'] })).toEqual({
      headline: "Queen's Corner for adults",
      needs: ["Queen's Corner"],
    });
    expect(restore({ headline: 'Wren is here today. Wren is here.', needs: ['Wren and Wren'] })).toEqual({
      headline: "Queen's Corner is here today.",
      needs: ["Queen's Corner and"],
    });
  });

  it('has a text even where one word alone is too long', () => {
    const long = name('Donaudampfschifffahrtsgesellschaftskapitän');
    const { needs } = JSON.parse(restoreAnswer('{"needs":["Wren"]}', long, schema)) as { needs: string[] };
    expect(needs[0]).toHaveLength(24);
  });

  it('is restored as far as it goes when it was cut off, and left alone without stand-ins', () => {
    expect(restoreAnswer('{"headline":"Wren is', swaps, schema)).toBe('{"headline":"Queen\'s Corner is');
    expect(restoreAnswer('{ "headline":"Wren" }', [], schema)).toBe('{ "headline":"Wren" }');
  });
});
