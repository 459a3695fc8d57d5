import fc from 'fast-check';
import { call, isProcedure } from '@orpc/server';
import type { AnyProcedure, AnyRouter } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { errorCatalogue } from '../../../../electron/contract/errors.ts';
import { studioContract } from '../../../../electron/contract/index.ts';
import { fingerprintLibrary } from '../../../support/studio/fingerprint-library.ts';
import { arbitraryOf, mutationOf } from '../../../support/studio/hostile-input.ts';
import { makePlan } from '../../../support/studio/make-plan.ts';
import { ownerId } from '../../../../electron/contract/identifiers.ts';
import { openTestStudio } from '../../../support/studio/open-test-studio.ts';
import type { TestStudio } from '../../../support/studio/open-test-studio.ts';

/** More in a nightly run: HOSTILE_RUNS=50000. */
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 60);
const STREAM_EVENTS = 2;

type Target = { readonly name: string; readonly procedure: AnyProcedure; readonly input: z.ZodType };

/** The router itself is the list: a new procedure is attacked without anybody adding it here. */
function listTargets(router: AnyRouter, path: readonly string[] = []): Target[] {
  if (isProcedure(router)) {
    const { inputSchema } = router['~orpc'];
    return [{ name: path.join('.'), procedure: router, input: inputSchema as z.ZodType }];
  }
  return Object.entries(router).flatMap(([key, part]) => listTargets(part as AnyRouter, [...path, key]));
}

const names = Object.entries(studioContract).flatMap(([topic, verbs]) =>
  Object.keys(verbs).map((verb) => `${topic}.${verb}`),
);

let studio: TestStudio;
let targets: Target[];
let knownIds: string[];
const uncaught: unknown[] = [];
const note = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  studio = await openTestStudio();
  const { brief, brandVersion, plan, conceptIds } = await makePlan(studio.studio.context, 4);
  const { library } = studio.studio.context;
  const batch = library.batches.start(plan.id, null, 'owner');
  library.runs.pause(batch.id);
  knownIds = [
    brief.id,
    brandVersion.id,
    brandVersion.brandId,
    plan.id,
    batch.id,
    ...conceptIds,
    ...library.plans.cells(plan.id).map(({ id }) => id),
  ];
  targets = listTargets(studio.studio.router);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  await studio[Symbol.asyncDispose]();
});

async function attack(target: Target, input: unknown): Promise<{ outcome: unknown; failed: boolean }> {
  const leave = new AbortController();
  try {
    const output: unknown = await call(target.procedure, input, {
      context: { personId: ownerId },
      path: target.name.split('.'),
      signal: leave.signal,
    });
    if (typeof output === 'object' && output !== null && Symbol.asyncIterator in output)
      await readSome(output as AsyncGenerator, leave);
    return { outcome: output, failed: false };
  } catch (error) {
    // What ends because the caller left is no failure.
    return { outcome: error, failed: !leave.signal.aborted };
  } finally {
    leave.abort();
  }
}

async function readSome(stream: AsyncGenerator, leave: AbortController): Promise<void> {
  const timer = setTimeout(() => leave.abort(), 30);
  for (let index = 0; index < STREAM_EVENTS; index += 1) if ((await stream.next()).done) break;
  clearTimeout(timer);
  leave.abort();
  await stream.return(undefined);
}

function describeOutcome(outcome: unknown): { code: unknown; text: string } {
  const error = outcome as { code?: unknown; message?: unknown; data?: unknown; toJSON?: () => unknown };
  return { code: error.code, text: JSON.stringify(error.toJSON?.() ?? { message: error.message, data: error.data }) };
}

it('covers every procedure of the contract', () => {
  expect(targets.map(({ name }) => name).sort()).toEqual(names.sort());
});

function find(name: string): Target {
  const target = targets.find((candidate) => candidate.name === name);
  if (!target) throw new Error(`no procedure ${name}`);
  return target;
}

describe('what does not fit', () => {
  it.each(names)('is refused by %s with a typed error and changes nothing', async (name) => {
    const target = find(name);
    const before = fingerprintLibrary(studio.folder);
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(mutationOf(arbitraryOf(target.input, knownIds)), async (input) => {
        if ((await target.input.safeParseAsync(input)).success) return;
        refused += 1;
        const { outcome, failed } = await attack(target, input);
        const { code, text } = describeOutcome(outcome);
        expect({ failed, code }).toEqual({ failed: true, code: 'input.invalid' });
        expect(text).not.toMatch(/\bat .*:\d+:\d+|node_modules|\/electron\//);
        expect(text.length).toBeLessThan(60_000);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(refused).toBeGreaterThan(RUNS / 4);
    expect(fingerprintLibrary(studio.folder)).toBe(before);
    expect(uncaught).toEqual([]);
  });
});

describe('whatever fits', () => {
  it.each(names)('ends in an answer of %s or in a code of the catalogue', async (name) => {
    const target = find(name);
    await fc.assert(
      fc.asyncProperty(arbitraryOf(target.input, knownIds), async (input) => {
        const { outcome, failed } = await attack(target, input);
        if (!failed) return;
        const { code, text } = describeOutcome(outcome);
        expect(Object.keys(errorCatalogue)).toContain(code);
        expect({ code, text }).not.toMatchObject({ code: 'internal.unexpected' });
        expect(text).not.toContain(studio.folder);
      }),
      { numRuns: Math.min(RUNS, 25), endOnFailure: true },
    );
    expect(uncaught).toEqual([]);
  });
});
