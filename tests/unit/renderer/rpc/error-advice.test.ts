import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { errorCatalogue, StudioError } from '../../../../electron/contract/errors.ts';
import type { ErrorCode } from '../../../../electron/contract/errors.ts';
import { message } from '../../../../renderer/lib/messages/message.ts';
import { ConnectionLost } from '../../../../renderer/rpc/connection.ts';
import { adviseOnError, adviseOnRecord, dataOfError } from '../../../../renderer/rpc/error-advice.ts';

/** A value that fits each field of the catalogue's entries. */
const samples: Record<string, unknown> = {
  issues: [{ path: 'kit.name', message: 'too short' }],
  found: 'a text model',
  supported: 12,
  neededBytes: null,
  freeBytes: 5_000_000,
  line: 4,
  field: 'goal',
  cells: 30_000,
  limit: 20_000,
  retryAtMs: null,
  exitCode: 139,
  signal: null,
  silentMs: 30_000,
  neededMiB: null,
  freeMiB: null,
  holders: ['starter-image'],
  crashes: 2,
  begun: true,
  installed: ['starter-text'],
  tries: 3,
  why: 'expired',
};
function sampleData(code: ErrorCode): Record<string, unknown> {
  const data = Object.fromEntries(
    Object.keys(errorCatalogue[code].shape).map((name) => [name, name in samples ? samples[name] : `the ${name}`]),
  );
  if (code === 'library.tooNew') return { found: 14, supported: 12 };
  return code === 'model.unsupportedSetting' ? { ...data, supported: ['linear', 'squaredcos_cap_v2'] } : data;
}
function retry(code: ErrorCode): boolean {
  return adviseOnError(new ORPCError(code, { data: sampleData(code) })).retry;
}
const codes = Object.keys(errorCatalogue) as ErrorCode[];

describe('adviseOnError', () => {
  it.each(codes)('has words for %s, with every placeholder filled', (code) => {
    const data = sampleData(code);
    expect(errorCatalogue[code].safeParse(data).success).toBe(true);
    const { title, advice } = adviseOnError(new ORPCError(code, { defined: true, data, message: 'in English' }));
    expect(title === message('error.unknown')).toBe(code === 'internal.unexpected');
    expect(title.length).toBeGreaterThan(5);
    expect(`${title} ${advice ?? ''}`).not.toMatch(/[{}]|undefined|null|NaN/);
  });

  it('places a bad line and a bad field of a brief in the title', () => {
    const data = { file: 'brief.md', line: 4, reason: '"gaol" is not a known field.', expected: '"goal", probably.' };
    const bad = (field: string | null) => adviseOnError(new ORPCError('brief.invalid', { data: { ...data, field } }));
    expect(bad(null)).toEqual({
      title: 'Line 4 cannot be read',
      advice: '"gaol" is not a known field. Expected: "goal", probably.',
      retry: false,
    });
    expect(bad('gaol').title).toBe('The field "gaol" is not right');
  });

  it('offers another try where one may help and not where it cannot', () => {
    expect([
      retry('engine.crashed'),
      retry('library.diskFull'),
      retry('brand.invalid'),
      retry('batch.notFound'),
    ]).toEqual([true, true, false, false]);
    expect(adviseOnError(new ConnectionLost('x')).retry).toBe(true);
  });

  it('shows the plain sentence when the data does not fit its code', () => {
    expect(
      adviseOnError(new ORPCError('engine.hung', { data: { kind: 3 }, message: 'The image engine hung.' })).advice,
    ).toBe('The image engine hung.');
    expect(adviseOnError(new Error('boom'))).toEqual({
      title: 'Something unexpected went wrong',
      advice: 'boom',
      retry: true,
    });
  });
});

describe('adviseOnError for rules that run in the page', () => {
  it('reads a studio error like the same failure from the wire', () => {
    const data = { file: 'brief.md', line: 3, field: null, reason: 'r.', expected: 'e.' };
    expect(adviseOnError(new StudioError('brief.invalid', 'm', data))).toEqual(
      adviseOnError(new ORPCError('brief.invalid', { data })),
    );
  });
});

describe('adviseOnRecord', () => {
  it('says of a failed job what it says of a failed call', () => {
    const data = sampleData('engine.poisonJob');
    expect(adviseOnRecord({ code: 'engine.poisonJob', message: 'm', data })).toEqual(
      adviseOnError(new ORPCError('engine.poisonJob', { data })),
    );
  });
});

describe('dataOfError', () => {
  it('gives checked data for the asked code alone', () => {
    const error = new ORPCError('plan.tooLarge', { data: { cells: 30_000, limit: 20_000 } });
    expect(dataOfError(error, 'plan.tooLarge')).toEqual({ cells: 30_000, limit: 20_000 });
    expect(dataOfError(error, 'plan.empty')).toBeNull();
    expect(dataOfError(new Error('x'), 'plan.tooLarge')).toBeNull();
  });
});
