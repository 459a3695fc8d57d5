import { createStore, useStore } from 'zustand';
import type { BrandKit, BrandVersion } from '../../../electron/contract/brand.ts';
import { brandKitSchema } from '../../../electron/contract/brand.ts';

/** Unsaved kits by the version they were begun from, so that looking at another screen loses nothing. */
const drafts = createStore<{ kits: Readonly<Record<string, BrandKit>> }>(() => ({ kits: {} }));

/** What is wrong with an edited kit, by the path of the field ("palette.2.name"). Empty when it can be saved. */
export function findKitProblems(kit: BrandKit): ReadonlyMap<string, string> {
  const parsed = brandKitSchema.safeParse(kit);
  return new Map((parsed.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

export interface KitDraft {
  kit: BrandKit;
  isEdited: boolean;
  problems: ReadonlyMap<string, string>;
  change: (change: Partial<BrandKit>) => void;
  discard: () => void;
}

function setKit(id: string, kit: BrandKit | null): void {
  drafts.setState(({ kits }) => {
    const { [id]: _, ...others } = kits;
    return { kits: kit === null ? others : { ...others, [id]: kit } };
  });
}

export function useKitDraft(version: BrandVersion): KitDraft {
  const kit = useStore(drafts, (state) => state.kits[version.id]) ?? version.kit;
  const isEdited = JSON.stringify(kit) !== JSON.stringify(version.kit);
  return {
    kit,
    isEdited,
    problems: findKitProblems(kit),
    change: (change) => setKit(version.id, { ...kit, ...change }),
    discard: () => setKit(version.id, null),
  };
}
