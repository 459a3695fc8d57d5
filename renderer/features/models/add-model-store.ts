import { createStore, useStore } from 'zustand';
import { reviveError } from '../../../electron/contract/errors.ts';
import type { RunId } from '../../../electron/contract/identifiers.ts';
import { importReportSchema } from '../../../electron/contract/model.ts';
import type { ImportReport, ModelSighting } from '../../../electron/contract/model.ts';
import type { WorkInHand } from '../../../electron/contract/run.ts';
import { studio } from '../../rpc/studio.ts';
import { followRun } from '../../rpc/use-run.ts';

type Work = { readonly what: 'files' | 'weights'; readonly done: number; readonly total: number };
export type AddStep =
  | { readonly kind: 'path' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'seen'; readonly sighting: ModelSighting; readonly wasStopped: boolean }
  | { readonly kind: 'adding'; readonly sighting: ModelSighting; readonly work: Work | null }
  | { readonly kind: 'done'; readonly report: ImportReport };

export interface AddModelState {
  readonly isOpen: boolean;
  readonly path: string;
  readonly name: string;
  /** Name of an installed model; empty for none. */
  readonly base: string;
  readonly step: AddStep;
  readonly error: unknown;
  /** What was dropped gave no path: its name, so that the advice can say it. */
  readonly pathless: string | null;
}

const blank: AddModelState = {
  isOpen: false,
  path: '',
  name: '',
  base: '',
  step: { kind: 'path' },
  error: null,
  pathless: null,
};

/** Lives as long as the page: adding goes on while the user looks at other screens. */
export const addModelStore = createStore<AddModelState>(() => blank);
let runId: RunId | null = null;
/** Stop was pressed before the run had its name. */
let stopsAtStart = false;

export function useAddModel(): AddModelState {
  return useStore(addModelStore);
}

/** Shows the pane: what is going on, or a blank one where the last model is done. */
export function openAddModel(): void {
  const { step } = addModelStore.getState();
  addModelStore.setState(step.kind === 'done' ? { ...blank, isOpen: true } : { isOpen: true });
}

/** What is being added goes on. */
export function closeAddModel(): void {
  const { step } = addModelStore.getState();
  addModelStore.setState(step.kind === 'adding' ? { isOpen: false } : blank);
}

export function editPath(path: string): void {
  addModelStore.setState({ path, error: null, step: { kind: 'path' } });
}

export function editChoice(choice: Partial<Pick<AddModelState, 'name' | 'base'>>): void {
  addModelStore.setState(choice);
}

/** A browser does not tell where a dropped file lies. */
export function takePathless(name: string): void {
  if (addModelStore.getState().step.kind === 'adding') return openAddModel();
  addModelStore.setState({ ...blank, isOpen: true, pathless: name });
}

export async function lookAt(path: string): Promise<void> {
  const wanted = path.trim();
  if (wanted === '' || addModelStore.getState().step.kind === 'adding') return openAddModel();
  addModelStore.setState({ ...blank, isOpen: true, path: wanted, step: { kind: 'looking' } });
  try {
    const sighting = await studio.model.look({ path: wanted });
    if (addModelStore.getState().path !== wanted) return;
    const base = sighting.form === 'checkpoint' ? (sighting.bases[0] ?? '') : '';
    addModelStore.setState({ name: sighting.name, base, step: { kind: 'seen', sighting, wasStopped: false } });
  } catch (error) {
    addModelStore.setState({ error, step: { kind: 'path' } });
  }
}

/** Begins to add. The studio goes on whatever becomes of this page; `onAdded` is told while the page is there. */
export async function addSeen(onAdded: (report: ImportReport) => void): Promise<void> {
  const { step, path, name, base } = addModelStore.getState();
  if (step.kind !== 'seen') return;
  const { sighting } = step;
  stopsAtStart = false;
  let wasStopped = false;
  addModelStore.setState({ error: null, step: { kind: 'adding', sighting, work: null } });
  try {
    const wish = { path, name: name.trim(), ...(base === '' ? {} : { base }) };
    const { id } = await studio.model.import(wish);
    runId = id;
    if (stopsAtStart) stopAdding();
    await followRun(id, ({ state, inHand: [job] }) => {
      // Its job may not have heard of it yet.
      wasStopped = state === 'stopped';
      if (job !== undefined && job.total > 0)
        addModelStore.setState({ step: { kind: 'adding', sighting, work: toWork(job) } });
    });
    const [end] = await studio.run.ends({ runId: id });
    if (end?.state === 'done') {
      const report = importReportSchema.parse(end.output);
      addModelStore.setState({ step: { kind: 'done', report } });
      onAdded(report);
    } else {
      const error = end?.error ? reviveError(end.error) : null;
      addModelStore.setState({ error, step: { kind: 'seen', sighting, wasStopped } });
    }
  } catch (error) {
    addModelStore.setState({ error, step: { kind: 'seen', sighting, wasStopped: false } });
  } finally {
    runId = null;
  }
}

function toWork({ unit, done, total }: WorkInHand): Work {
  return { what: unit === 'weights' ? 'weights' : 'files', done, total };
}

export function stopAdding(): void {
  if (runId === null) stopsAtStart = true;
  else void studio.run.stop({ runId });
}
