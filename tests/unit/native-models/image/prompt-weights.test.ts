import { describe, expect, it } from 'vitest';
import { readWeights } from '../../../../native-models/image/pipeline/prompt-weights.ts';

function read(prompt: string): [string, number][] {
  return readWeights(prompt).map(({ text, weight }) => [text, weight]);
}

describe('readWeights', () => {
  it('reads groups with a weight and leaves the rest as it is', () => {
    expect(read('a (red:1.3) dot')).toEqual([
      ['a ', 1],
      ['red', 1.3],
      [' dot', 1],
    ]);
    expect(read('(whole prompt: .5 )')).toEqual([['whole prompt', 0.5]]);
    expect(read('(less:-0.2)')).toEqual([['less', -0.2]]);
  });

  it('multiplies weights of groups in groups', () => {
    expect(read('(a (b:2) c:1.5)')).toEqual([
      ['a ', 1.5],
      ['b', 3],
      [' c', 1.5],
    ]);
  });

  it('takes parentheses without a weight, and colons that are no weight, for text', () => {
    for (const plain of ['oats (whole grain), 2:1', '(blue: deep)', 'a) b', '((', ':-)', '(ratio 16:9)']) {
      expect(read(plain)).toEqual([[plain, 1]]);
    }
    expect(read('(sizes 2:1 and 3:4:1.2)')).toEqual([['sizes 2:1 and 3:4', 1.2]]);
  });

  it('makes signs plain after a backslash', () => {
    expect(read(String.raw`\(red:1.3\)`)).toEqual([['(red:1.3)', 1]]);
    expect(read(String.raw`(a \(b\):1.2) \\`)).toEqual([
      ['a (b)', 1.2],
      [' \\', 1],
    ]);
    expect(read(String.raw`back\slash`)).toEqual([[String.raw`back\slash`, 1]]);
  });

  it('reads an empty prompt and a very long one', () => {
    expect(read('')).toEqual([]);
    expect(read('('.repeat(4000))).toEqual([['('.repeat(4000), 1]]);
  });
});
