import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DiskFile } from './disk-file.ts';
import type { Survival } from './disk-file.ts';
import type { TraceEvent } from './record-trace.ts';

/**
 * Two promises a file system may make about names. `ordered` (like ext4): changes of names go through one journal in order, and every fsync commits all
 * that came before it. `strict` (POSIX and nothing more): a name is safe only after an fsync of its own folder, and unsafe ones survive each by itself.
 */
export const diskModelNames = ['ordered', 'strict'] as const;
export type DiskModelName = (typeof diskModelNames)[number];

type Node = DiskFile | 'folder';
type NameChange = { readonly path: string; readonly node: Node | null };

/** Replays a trace and can say at any moment what a power cut would leave. */
export class DiskModel {
  readonly #model: DiskModelName;
  /** What programs see. */
  readonly #names = new Map<string, Node>([['', 'folder']]);
  readonly #safeNames = new Map<string, Node>([['', 'folder']]);
  #nameChanges: NameChange[] = [];

  constructor(model: DiskModelName) {
    this.#model = model;
  }

  apply(event: TraceEvent): void {
    switch (event.kind) {
      case 'create':
        if (!this.#names.has(event.path)) {
          this.#change(event.path, new DiskFile());
        } else if (event.truncate) {
          this.#file(event.path).truncate(0);
        }
        return;
      case 'write':
        return this.#file(event.path).write(event.offset, event.bytes);
      case 'truncate':
        return this.#file(event.path).truncate(event.sizeBytes);
      case 'sync':
        return this.#sync(event.path);
      case 'makeFolder':
        return this.#change(event.path, 'folder');
      case 'rename':
        this.#change(event.to, this.#names.get(event.from) ?? null);
        return this.#change(event.from, null);
      case 'link':
        return this.#change(event.to, this.#names.get(event.from) ?? null);
      case 'remove':
        return this.#change(event.path, null);
      case 'acknowledge':
        return;
    }
  }

  /** Writes the folder as a power cut at this moment could leave it. */
  writeAfterCut(folder: string, random: () => number): void {
    const survival = chooseSurvival(random);
    const names = new Map(this.#safeNames);
    for (const { path, node } of this.#survivingChanges(survival)) {
      changeName(names, path, node);
    }
    const isReachable = (path: string): boolean => path === '' || (names.has(path) && isReachable(parentOf(path)));
    for (const [path, node] of names) {
      // SQLite's shared-memory file is never read back after a start of the machine.
      if (!isReachable(path) || path.endsWith('-shm')) {
        continue;
      }
      if (node === 'folder') {
        mkdirSync(join(folder, path), { recursive: true });
      } else {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), node.afterCut(survival));
      }
    }
  }

  #survivingChanges({ share, random }: Survival): NameChange[] {
    if (this.#model === 'ordered') {
      return this.#nameChanges.slice(0, Math.round(this.#nameChanges.length * share));
    }
    return this.#nameChanges.filter(() => random() < share);
  }

  #change(path: string, node: Node | null): void {
    changeName(this.#names, path, node);
    this.#nameChanges.push({ path, node });
  }

  #sync(path: string): void {
    const node = this.#names.get(path);
    if (node instanceof DiskFile) {
      node.sync();
    }
    const isCommitted = ({ path: changed }: NameChange) =>
      this.#model === 'ordered' || (node === 'folder' && parentOf(changed) === path);
    for (const { path: changed, node: to } of this.#nameChanges.filter(isCommitted)) {
      changeName(this.#safeNames, changed, to);
    }
    this.#nameChanges = this.#nameChanges.filter((change) => !isCommitted(change));
  }

  #file(path: string): DiskFile {
    const node = this.#names.get(path);
    if (!(node instanceof DiskFile)) {
      throw new Error(`The trace writes to ${path}, which is no file.`);
    }
    return node;
  }
}

/** A third of all cuts lose everything that was not synced, a third lose nothing, and a third lose some of it. */
function chooseSurvival(random: () => number): Survival {
  const kind = random();
  const share = kind < 1 / 3 ? 0 : kind < 2 / 3 ? random() : 1;
  return { share, lengthSurvives: random() < 0.5, random };
}

function changeName(names: Map<string, Node>, path: string, node: Node | null): void {
  if (node === null) {
    names.delete(path);
  } else {
    names.set(path, node);
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}
