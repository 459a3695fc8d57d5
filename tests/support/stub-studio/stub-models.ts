import { implement } from '@orpc/server';
import { StudioError } from '../../../electron/contract/errors.ts';
import { studioContract } from '../../../electron/contract/index.ts';
import type { ImportReport } from '../../../electron/contract/model.ts';
import { toRpcError } from '../../../electron/studio/rpc/wire-error.ts';
import type { StubRuns } from './stub-runs.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const stubReport: ImportReport = {
  name: 'linen-v2',
  kind: 'image',
  family: 'StableDiffusionPipeline',
  precision: 'float16',
  sizeBytes: 2_132_000_000,
  memoryMiB: 4452,
  steps: 25,
  base: 'starter-image',
  matched: 1130,
  unmatched: 3,
  examples: ['model_ema.decay', 'model_ema.num_updates', 'first_stage_model.loss.logvar'],
  kept: ['vae_encoder'],
  warnings: [
    'Its scheduler_config.json names the scheduler EDMEulerScheduler, which this build does not have; pictures are made with Euler unless another one is chosen.',
  ],
  alreadyInstalled: false,
};

/** A disk that holds a checkpoint and a LoRA; every other place is empty. */
export function createModelHandlers(paceMs: number, runs: StubRuns, onAdded: (name: string) => void) {
  const os = implement(studioContract);
  const chosen = new Map<string, string | null>();
  const readChoice = (briefId: string | null) => ({
    usual: chosen.get('') ?? null,
    campaign: briefId === null ? null : (chosen.get(briefId) ?? null),
  });
  return {
    look: os.model.look.handler(({ input: { path } }) => {
      const name = path.split('/').at(-1)?.replace('.safetensors', '') ?? '';
      if (!path.includes('linen') && !path.includes('grain'))
        throw toRpcError(
          new StudioError('input.invalid', 'x', {
            issues: [{ path: 'path', message: 'there is nothing at that place, or it may not be read' }],
          }),
        );
      const isLora = path.includes('grain');
      return {
        name,
        form: isLora ? ('lora' as const) : ('checkpoint' as const),
        family: isLora ? 'Stable Diffusion 1.x' : null,
        sizeBytes: isLora ? 37_900_000 : 2_132_000_000,
        bases: ['starter-image'],
      };
    }),
    import: os.model.import.handler(({ input }) =>
      runs.begin({
        kind: 'modelImport',
        title: input.name ?? stubReport.name,
        jobs: [{ kind: 'model.install', subject: input.name ?? stubReport.name }],
        work: async (_index, { show }) => {
          const total = 1130;
          for (let done = 113; done < total; done += 113) {
            await pause(paceMs);
            show({ done, total, unit: 'weights' });
          }
          onAdded(input.name ?? '');
          return { ...stubReport, name: input.name ?? stubReport.name };
        },
      }),
    ),
    match: os.model.match.handler(() => ({ matched: 192, unmatched: 1, examples: ['lora_te_text_model_odd.alpha'] })),
    textChoice: os.model.textChoice.handler(({ input }) => readChoice(input.briefId)),
    chooseText: os.model.chooseText.handler(({ input }) => {
      chosen.set(input.briefId ?? '', input.name);
      return readChoice(input.briefId);
    }),
    remove: os.model.remove.handler(() => ({})),
  };
}
