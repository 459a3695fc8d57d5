import { describe, expect, it } from 'vitest';
import { formatRoute, homeRoute, parseRoute } from '../../../../renderer/app/routes.ts';

describe('parseRoute', () => {
  it('reads back what formatRoute writes', () => {
    const route = {
      screen: 'review' as const,
      parts: ['a/b', 'c d'],
      parameters: { text: 'oats & milk?', plan: '01' },
    };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('leads home from an address that names no screen', () => {
    expect([parseRoute(''), parseRoute('#'), parseRoute('#/'), parseRoute('#/nowhere/x')]).toEqual(
      Array(4).fill(homeRoute),
    );
  });

  it('takes a part with a stray percent sign as it stands', () => {
    expect(parseRoute('#/ideate/100%')).toEqual({ screen: 'ideate', parts: ['100%'], parameters: {} });
  });
});
