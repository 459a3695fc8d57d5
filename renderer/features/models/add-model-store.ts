import { createStore, useStore } from 'zustand';
import type { ImportReport, ModelSighting } from '../../../electron/contract/model.ts';
import { studio } from '../../rpc/studio.ts';

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
let controller: AbortController | null = null;

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

export async function addSeen(onAdded: (report: ImportReport) => void): Promise<void> {
  const { step, path, name, base } = addModelStore.getState();
  if (step.kind !== 'seen') return;
  const { sighting } = step;
  const own = new AbortController();
  controller = own;
  addModelStore.setState({ error: null, step: { kind: 'adding', sighting, work: null } });
  try {
    const wish = { path, name: name.trim(), ...(base === '' ? {} : { base }) };
    for await (const event of await studio.model.import(wish, { signal: own.signal })) {
      if (event.type === 'progress') addModelStore.setState({ step: { kind: 'adding', sighting, work: event } });
      else {
        addModelStore.setState({ step: { kind: 'done', report: event.report } });
        onAdded(event.report);
        return;
      }
    }
    // A stream that was cut ends without a report, or throws, as the transport likes.
    addModelStore.setState({ step: { kind: 'seen', sighting, wasStopped: true } });
  } catch (error) {
    const wasStopped = own.signal.aborted;
    addModelStore.setState({ error: wasStopped ? null : error, step: { kind: 'seen', sighting, wasStopped } });
  }
}

export function stopAdding(): void {
  controller?.abort();
}
