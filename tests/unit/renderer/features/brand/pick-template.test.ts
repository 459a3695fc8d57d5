import { describe, expect, it } from 'vitest';
import { pickTemplate } from '../../../../../renderer/features/brand/pick-template.ts';

describe('pickTemplate', () => {
  it('changes places with one that was offered', () => {
    expect(pickTemplate({ template: 'a', templates: ['b', 'c'] }, 'c')).toEqual({
      template: 'c',
      templates: ['a', 'b'],
    });
  });

  it('replaces one that ships by another that ships, and fills no list with what was only tried', () => {
    expect(pickTemplate({ template: 'a', templates: [] }, 'b')).toEqual({ template: 'b', templates: [] });
  });

  it('keeps a file of the kit, once', () => {
    const own = 'templates/own.json';
    expect(pickTemplate({ template: own, templates: [] }, 'b')).toEqual({ template: 'b', templates: [own] });
    expect(pickTemplate({ template: own, templates: [own] }, 'b')).toEqual({ template: 'b', templates: [own] });
  });

  it('leaves everything where it is when the same is picked', () => {
    expect(pickTemplate({ template: 'a', templates: ['b'] }, 'a')).toEqual({ template: 'a', templates: ['b'] });
  });
});
