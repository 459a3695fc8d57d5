import { describe, expect, it } from 'vitest';
import { toggleTemplate } from '../../../../../renderer/features/produce/toggle-template.ts';

describe('toggleTemplate', () => {
  it('keeps the brand\u2019s own when the first other is taken', () => {
    expect(toggleTemplate([], 'own', 'other')).toEqual(['own', 'other']);
    expect(toggleTemplate(['own', 'other'], 'own', 'third')).toEqual(['own', 'other', 'third']);
  });

  it('puts away what is pressed again, the brand\u2019s own too, but never the last', () => {
    expect(toggleTemplate(['own', 'other'], 'own', 'own')).toEqual(['other']);
    expect(toggleTemplate(['other'], 'own', 'other')).toEqual(['other']);
    expect(toggleTemplate([], 'own', 'own')).toEqual([]);
  });

  it('follows the kit where the brand\u2019s own is all that is left', () => {
    expect(toggleTemplate(['own', 'other'], 'own', 'other')).toEqual([]);
  });
});
