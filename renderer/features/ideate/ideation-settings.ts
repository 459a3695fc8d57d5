import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export interface IdeationSettings {
  personas: number;
  gaps: number;
  concepts: number;
  seed: number;
  freshSeed: boolean;
  /** A brand version's id, "none", or "latest" of the library's first brand. */
  brand: string;
}

export const MAX_SEED = 4_294_967_295;

export const useIdeationSettings = create<IdeationSettings>()(
  persist((): IdeationSettings => ({ personas: 1, gaps: 2, concepts: 6, seed: 1, freshSeed: true, brand: 'latest' }), {
    name: 'housestyle.ideation',
    version: 1,
  }),
);

export function changeSettings(change: Partial<IdeationSettings>): void {
  useIdeationSettings.setState(change);
}

/** The seed to use now. With fresh seeds the next run gets the next number, so that a row of runs can be told and repeated. */
export function takeSeed(): number {
  const { seed, freshSeed } = useIdeationSettings.getState();
  if (freshSeed) changeSettings({ seed: seed >= MAX_SEED ? 0 : seed + 1 });
  return seed;
}
