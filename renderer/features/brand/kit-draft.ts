import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { createStore, useStore } from 'zustand';
import type { BrandDraft, BrandKit, BrandVersion } from '../../../electron/contract/brand.ts';
import { brandQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { findKitProblems } from './kit-problems.ts';

/** Edits come in strokes; the library keeps the draft when the hand rests this long. */
const SAVE_PAUSE_MS = 600;

interface Drafts {
  /** Unsaved kits by the version they were begun from, so that looking at another screen loses nothing. */
  kits: Readonly<Record<string, BrandKit>>;
  /** Why the draft of a brand could not be kept, by brand. */
  problems: Readonly<Record<string, unknown>>;
}
const drafts = createStore<Drafts>(() => ({ kits: {}, problems: {} }));
const keeper = new DraftKeeper(SAVE_PAUSE_MS);
/** Brands whose draft is being discarded: what the library still tells of it is over. */
const discarding = new Set<string>();

export interface KitDraft {
  kit: BrandKit;
  isEdited: boolean;
  problems: ReadonlyMap<string, string>;
  /** Why the library could not keep it; null when it could. */
  keepError: unknown;
  /** Files of the version and those that the draft brought. */
  files: BrandVersion['files'];
  change: (change: Partial<BrandKit>) => void;
  /** Replaces the kit and brings files for it; kept at once. */
  adopt: (kit: BrandKit, files: { name: string; content: File }[]) => Promise<void>;
  discard: () => void;
}

function setKit(id: string, kit: BrandKit | null): void {
  drafts.setState(({ kits }) => {
    const { [id]: _, ...others } = kits;
    return { kits: kit === null ? others : { ...others, [id]: kit } };
  });
}

function setProblem(brandId: string, problem: unknown): void {
  drafts.setState(({ problems }) => ({ problems: { ...problems, [brandId]: problem } }));
}

/** Keeps the draft in the library. A kit that breaks the format waits until it is mended. */
function keepSoon(version: BrandVersion, kit: BrandKit): void {
  if (findKitProblems(kit).size > 0) return keeper.drop(version.brandId);
  keeper.keepSoon(version.brandId, () =>
    studio.brand
      .saveDraft({ brandId: version.brandId, basedOn: version.id, kit, files: [] })
      .then(() => setProblem(version.brandId, null))
      .catch((problem: unknown) => setProblem(version.brandId, problem)),
  );
}

async function discard({ id, brandId }: BrandVersion): Promise<void> {
  const { queryKey } = brandQueries.draft(brandId);
  const forget = () => queryClient.setQueryData<BrandDraft | null>(queryKey, null);
  setKit(id, null);
  setProblem(brandId, null);
  forget();
  discarding.add(brandId);
  try {
    await keeper.call(brandId, () => studio.brand.discardDraft({ brandId }));
    // A save that landed before may have had the draft asked for, and its answer may still be on its way.
    await queryClient.cancelQueries({ queryKey });
    forget();
    setProblem(brandId, null);
  } catch (problem) {
    setProblem(brandId, problem);
  } finally {
    discarding.delete(brandId);
  }
}

/** The draft that the library keeps of a brand; undefined until it is known. */
export function useStoredDraft(brandId: BrandVersion['brandId']): BrandDraft | null | undefined {
  return useQuery(brandQueries.draft(brandId)).data;
}

export function useKitDraft(version: BrandVersion): KitDraft {
  const stored = useStoredDraft(version.brandId);
  useEffect(() => {
    if (discarding.has(version.brandId)) return;
    if (stored?.basedOn === version.id && !(version.id in drafts.getState().kits)) setKit(version.id, stored.kit);
  }, [stored, version.id, version.brandId]);
  const kit = useStore(drafts, (state) => state.kits[version.id]) ?? version.kit;
  const isEdited = JSON.stringify(kit) !== JSON.stringify(version.kit);
  return {
    kit,
    isEdited,
    problems: findKitProblems(kit),
    keepError: useStore(drafts, (state) => state.problems[version.brandId]) ?? null,
    files: stored?.basedOn === version.id ? { ...version.files, ...stored.files } : version.files,
    change: (change) => {
      const next = { ...kit, ...change };
      setKit(version.id, next);
      keepSoon(version, next);
    },
    adopt: async (next, files) => {
      const { brandId, id: basedOn } = version;
      const draft = await keeper.call(brandId, () => studio.brand.saveDraft({ brandId, basedOn, kit: next, files }));
      queryClient.setQueryData(brandQueries.draft(version.brandId).queryKey, draft);
      setKit(version.id, next);
    },
    discard: () => void discard(version),
  };
}
