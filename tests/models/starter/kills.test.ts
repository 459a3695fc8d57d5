import { expect, it } from 'vitest';
import { countOutcome } from '../../../scripts/proof/fake-studio.ts';
import { defaultThreads, listModelFolders, shippedEngines } from '../../../electron/hosts/host-defaults.ts';
import { openModelStore } from '../../../electron/engines/models/model-store.ts';
import { startBatch } from '../../../electron/studio/plan/control-batch.ts';
import { makePlan } from '../../support/studio/make-plan.ts';
import { openTestStudio } from '../../support/studio/open-test-studio.ts';

it('a batch on the starter model survives the death of its engine in the middle of a picture', async () => {
  await using opened = await openTestStudio({
    engineEntries: shippedEngines(),
    modelStore: openModelStore({ folders: listModelFolders([]).slice(0, 1) }),
    threads: defaultThreads(),
  });
  const { context } = opened.studio;
  const { plan } = await makePlan(context, 4, { formatIds: ['square-post'] });
  const { id } = startBatch(context, plan.id, null, 'owner');
  const killed = new Set<number>();
  const slow = { timeout: 60_000, interval: 10 };
  for (let kill = 0; kill < 2; kill += 1) {
    await expect
      .poll(
        () =>
          context.runner.inHand(id).some(({ done, total }) => done > 1 && done < total) &&
          !killed.has(opened.engines.processId('image') ?? 0),
        slow,
      )
      .toBe(true);
    const victim = opened.engines.processId('image');
    if (victim === null) throw new Error('no engine');
    killed.add(victim);
    process.kill(victim, 'SIGKILL');
    const doneBefore = context.library.batches.get(id).done;
    await expect.poll(() => context.library.batches.get(id).done, slow).toBeGreaterThan(doneBefore);
  }
  await expect.poll(() => context.library.batches.get(id).state, slow).toBe('finished');
  expect(countOutcome(context, id)).toEqual({ lost: 0, doubled: 0 });
  expect(context.library.batches.get(id)).toMatchObject({ done: 4, failed: 0 });
  expect(killed.size).toBe(2);
}, 180_000);
