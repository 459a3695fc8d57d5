import type { AssetId, AssetListId } from '../../../electron/contract/identifiers.ts';
import { countPlaces, placesFrom, sharedPlaces } from './places.ts';
import type { Places } from './places.ts';

/** Names that are asked for together. */
export const WINDOW = 240;
/** Windows that are kept for going back: 19,200 names, about 2 MB. */
const MAX_WINDOWS = 80;
/** Names of one call when a selection is read through. */
const READ_AT_ONCE = 10_000;

export type LoadNames = (listId: AssetListId, start: number, count: number) => Promise<readonly (AssetId | null)[]>;

/** Null left through the bin for good; undefined is not here yet. */
type NameWindow = (AssetId | null | undefined)[];

/**
 * The names of the list on the screen, in windows that are asked for as they come into sight. A place belongs to one picture for as long as its list stands, so a key that was
 * pressed on a place without a name waits for it and then means that picture and no other.
 */
export class NameWindows {
  readonly #load: LoadNames;
  readonly #onError: (error: unknown) => void;
  readonly #windows = new Map<number, NameWindow>();
  readonly #loading = new Map<number, Promise<void>>();
  readonly #places = new Map<AssetId, number>();
  readonly #listeners = new Set<() => void>();
  #listId: AssetListId | null = null;
  #length = 0;
  #version = 0;

  constructor(load: LoadNames, onError: (error: unknown) => void) {
    this.#load = load;
    this.#onError = onError;
  }

  /** Another list, with the names that came with it. */
  open(listId: AssetListId, length: number, start: number, assetIds: readonly (AssetId | null)[]): void {
    this.#windows.clear();
    this.#loading.clear();
    this.#places.clear();
    this.#listId = listId;
    this.#length = length;
    this.#keep(start, assetIds);
  }

  grow(length: number): void {
    this.#length = Math.max(this.#length, length);
  }

  /** Undefined until it is loaded. */
  get(place: number): AssetId | undefined {
    return this.#find(place) ?? undefined;
  }

  /** The place of a name that is loaded, in this list or, where one is named, in that one alone. */
  placeOf(id: AssetId, listId = this.#listId): number | undefined {
    return listId === this.#listId ? this.#places.get(id) : undefined;
  }

  /** Asks for what is missing of the places from `start` to the one before `end`. */
  want(start: number, end: number): void {
    const last = Math.floor((Math.min(end, this.#length) - 1) / WINDOW);
    for (let at = Math.max(0, Math.floor(start / WINDOW)); at <= last; at += 1) {
      this.#touch(at);
      if (!this.#isWhole(at)) this.#fetch(at).catch(this.#onError);
    }
  }

  /** The names of places, in parts of up to 10,000. What is here comes without a call. */
  async *read(listId: AssetListId, places: Places): AsyncGenerator<AssetId[]> {
    const known = this.known(listId, places);
    if (known !== null) {
      if (known.length > 0) yield known;
      return;
    }
    for (const [start, end] of places) {
      for (let from = start; from < end; from += READ_AT_ONCE)
        yield await this.#readRange(listId, from, Math.min(end, from + READ_AT_ONCE));
    }
  }

  async #readRange(listId: AssetListId, start: number, end: number): Promise<AssetId[]> {
    const at = Math.floor(start / WINDOW);
    const isOneWindow = Math.floor((end - 1) / WINDOW) === at;
    if (listId === this.#listId && isOneWindow) {
      await this.#fetch(at);
      const known = this.known(listId, placesFrom(start, end));
      if (known !== null) return known;
    }
    return (await this.#load(listId, start, end - start)).filter((id) => id !== null);
  }

  /** Null unless all of them are here. */
  known(listId: AssetListId, places: Places): AssetId[] | null {
    if (listId !== this.#listId || countPlaces(places) > READ_AT_ONCE) return null;
    const found: AssetId[] = [];
    for (const [start, end] of places) {
      for (let place = start; place < end; place += 1) {
        const id = this.#find(place);
        if (id === undefined) return null;
        if (id !== null) found.push(id);
      }
    }
    return found;
  }

  /** Those of some places that are here. */
  knownOf(listId: AssetListId, places: Places): AssetId[] {
    if (listId !== this.#listId) return [];
    return [...this.#windows.keys()].flatMap((at) => {
      const inWindow = sharedPlaces(places, placesFrom(at * WINDOW, (at + 1) * WINDOW));
      return inWindow.flatMap(([start, end]) =>
        Array.from({ length: end - start }, (_, step) => this.get(start + step)).filter((id) => id !== undefined),
      );
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Rises whenever names came. */
  readonly getVersion = (): number => this.#version;

  #fetch(at: number): Promise<void> {
    const listId = this.#listId;
    const running = this.#loading.get(at);
    if (running !== undefined) return running;
    if (listId === null || this.#isWhole(at)) return Promise.resolve();
    const length = this.#length;
    const load = this.#load(listId, at * WINDOW, WINDOW).then((assetIds) => {
      if (listId !== this.#listId) return;
      this.#keep(at * WINDOW, assetIds);
      // What arrived while the answer was on its way is asked for once more.
      if (length < this.#length && !this.#isWhole(at)) this.#loading.delete(at);
    });
    this.#loading.set(at, load);
    const end = () => {
      if (this.#loading.get(at) === load) this.#loading.delete(at);
    };
    load.then(end, end);
    return load;
  }

  #find(place: number): AssetId | null | undefined {
    return this.#windows.get(Math.floor(place / WINDOW))?.[place % WINDOW];
  }

  #isWhole(at: number): boolean {
    const names = this.#windows.get(at);
    const size = Math.min(WINDOW, this.#length - at * WINDOW);
    return names !== undefined && names[0] !== undefined && names[size - 1] !== undefined && !names.includes(undefined);
  }

  #keep(start: number, assetIds: readonly (AssetId | null)[]): void {
    assetIds.forEach((id, offset) => {
      const place = start + offset;
      const at = Math.floor(place / WINDOW);
      const names = this.#windows.get(at) ?? [];
      while (names.length < place % WINDOW) names.push(undefined);
      names[place % WINDOW] = id;
      this.#windows.set(at, names);
      if (id !== null) this.#places.set(id, place);
    });
    this.#makeRoom();
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  #touch(at: number): void {
    const names = this.#windows.get(at);
    if (names === undefined) return;
    this.#windows.delete(at);
    this.#windows.set(at, names);
  }

  #makeRoom(): void {
    for (const [at, names] of this.#windows) {
      if (this.#windows.size <= MAX_WINDOWS) return;
      this.#windows.delete(at);
      for (const id of names) if (id) this.#places.delete(id);
    }
  }
}
