import { z } from 'zod';
import type { Library } from '../../library/library.ts';
import { createWorkRate } from './work-rate.ts';
import type { WorkRate } from './work-rate.ts';

const SETTING = 'work-rate';
/** A crash may forget so many measured images; a forecast does not need them. */
const SAVE_EVERY = 10;
const samplesSchema = z.array(z.number().nonnegative()).max(1000);

export type RememberedRate = WorkRate & { save(): void };

/** A rate that begins with what the last session measured, so that a forecast is there before the first image. */
export function openRate(
  { settings, readOnly }: Pick<Library, 'settings' | 'readOnly'>,
  onSaveFailed: (error: unknown) => void,
): RememberedRate {
  const earlier = samplesSchema.safeParse(settings.get(SETTING));
  const rate = createWorkRate(earlier.success ? earlier.data : []);
  let unsaved = 0;

  function save(): void {
    if (unsaved === 0 || readOnly !== null) return;
    try {
      settings.set(SETTING, rate.samples());
      unsaved = 0;
    } catch (error) {
      // A full disk; nothing hangs on this.
      onSaveFailed(error);
    }
  }

  return {
    ...rate,
    save,
    add(seconds) {
      rate.add(seconds);
      unsaved += 1;
      if (unsaved >= SAVE_EVERY) save();
    },
  };
}
