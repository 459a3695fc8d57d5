import type { StudioContract } from './index.ts';

/** Each role may do what the ones before it may. */
export const roles = ['viewer', 'reviewer', 'editor'] as const;
export type Role = (typeof roles)[number];

type Authorisation = {
  readonly [Topic in keyof StudioContract]: { readonly [Verb in keyof StudioContract[Topic]]: Role };
};

/** The least role for every procedure. A procedure without a row does not compile. */
export const authorisation: Authorisation = {
  asset: {
    summaries: 'viewer',
    takes: 'viewer',
    get: 'viewer',
    counts: 'viewer',
    bin: 'editor',
    restore: 'editor',
  },
  assetList: { open: 'viewer', names: 'viewer', locate: 'viewer', follow: 'viewer' },
  batch: {
    list: 'viewer',
    get: 'viewer',
    start: 'editor',
    staleWords: 'viewer',
    updateWords: 'editor',
    failures: 'viewer',
    watch: 'viewer',
  },
  bin: { content: 'viewer', list: 'viewer', restoreAll: 'editor', empty: 'editor' },
  brand: {
    list: 'viewer',
    versions: 'viewer',
    import: 'editor',
    saveVersion: 'editor',
    sample: 'editor',
    draft: 'viewer',
    saveDraft: 'editor',
    discardDraft: 'editor',
    readSources: 'editor',
  },
  brief: { list: 'viewer', get: 'viewer', create: 'editor', update: 'editor' },
  copy: { table: 'viewer', write: 'editor', exportFile: 'viewer', importFile: 'editor' },
  delivery: { list: 'viewer', locate: 'viewer', export: 'editor' },
  format: { list: 'viewer', add: 'editor', remove: 'editor' },
  event: { follow: 'viewer', audit: 'editor' },
  ideation: { board: 'viewer', run: 'editor', choose: 'editor', edit: 'editor', bin: 'editor', restore: 'editor' },
  model: {
    look: 'editor',
    import: 'editor',
    match: 'editor',
    textChoice: 'viewer',
    chooseText: 'editor',
    remove: 'editor',
  },
  plan: {
    list: 'viewer',
    get: 'viewer',
    cells: 'viewer',
    headlines: 'viewer',
    forecast: 'viewer',
    create: 'editor',
    vary: 'editor',
  },
  review: { decide: 'reviewer', undo: 'reviewer', redo: 'reviewer' },
  run: {
    list: 'viewer',
    get: 'viewer',
    pause: 'editor',
    resume: 'editor',
    stop: 'editor',
    retryFailed: 'editor',
    ends: 'viewer',
    troubles: 'viewer',
    watch: 'viewer',
  },
  scoring: {
    overview: 'viewer',
    versions: 'viewer',
    reports: 'viewer',
    start: 'editor',
    list: 'viewer',
    watch: 'viewer',
  },
  system: {
    about: 'viewer',
    status: 'viewer',
    models: 'viewer',
    search: 'viewer',
    restartEngine: 'editor',
    runningBatch: 'viewer',
  },
};

export function isAllowed(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
