import type { OpenedList, PlaceRange } from '../../contract/asset-list.ts';
import type { AssetFilter, AssetSort } from '../../contract/asset.ts';
import { StudioError } from '../../contract/errors.ts';
import { assetListIdSchema } from '../../contract/identifiers.ts';
import type { AssetId, AssetListId } from '../../contract/identifiers.ts';
import type { AssetIndex, AssetSelection } from './asset-index.ts';
import { collectRanges } from './collect-ranges.ts';

/** Names in the first answer: more than any screen shows at once. */
export const FIRST_WINDOW = 240;
/** Lists that are kept, and places of all of them together (4 bytes each): the one used longest ago makes room. */
const MAX_LISTS = 64;
const MAX_PLACES = 32_000_000;

/** A list that was opened, as names; what stands there is the repository's to say. */
export type NamedList = Omit<OpenedList, 'summaries'>;

export type KeptView = {
  readonly listId: AssetListId | null;
  readonly active: number | null;
  readonly activeId: AssetId | null;
  readonly selected: readonly PlaceRange[];
};

type AssetList = {
  readonly filter: AssetFilter;
  readonly sort: AssetSort;
  /** Positions in the index by place; one in the bin stays, so that places never move. */
  positions: Int32Array;
};

export type AssetListsUses = {
  readonly index: AssetIndex;
  readonly newId: () => string;
  /** Null when nothing can match. */
  readonly resolve: (filter: AssetFilter) => AssetSelection | null;
};

/** Orders that pages look at, each frozen from when it was opened. */
export class AssetLists {
  readonly #index: AssetIndex;
  readonly #newId: () => string;
  readonly #resolve: (filter: AssetFilter) => AssetSelection | null;
  readonly #lists = new Map<AssetListId, AssetList>();

  constructor({ index, newId, resolve }: AssetListsUses) {
    this.#index = index;
    this.#newId = newId;
    this.#resolve = resolve;
    index.onMoved((moved) => {
      for (const list of this.#lists.values()) {
        list.positions = list.positions.map(moved).filter((position) => position >= 0);
      }
    });
  }

  open(filter: AssetFilter, sort: AssetSort, keep: KeptView | null): NamedList {
    this.#index.refresh();
    const positions = this.#answer(filter, sort);
    const { active, isKept, selected } = this.#findAgain(positions, keep);
    const listId = assetListIdSchema.parse(this.#newId());
    this.#lists.set(listId, { filter, sort, positions });
    this.#makeRoom();
    const start =
      active === null ? 0 : Math.max(0, Math.min(active - FIRST_WINDOW / 2, positions.length - FIRST_WINDOW));
    return {
      listId,
      count: positions.length,
      active,
      isKept,
      selected,
      window: { start, assetIds: this.#index.namesOf(positions.subarray(start, start + FIRST_WINDOW)) },
    };
  }

  /** @throws assetList.notFound */
  names(listId: AssetListId, start: number, count: number): (AssetId | null)[] {
    return this.#index.namesOf(this.#require(listId).positions.subarray(start, start + count));
  }

  /** @throws assetList.notFound */
  locate(listId: AssetListId, assetIds: readonly AssetId[]): (number | null)[] {
    const { positions } = this.#require(listId);
    const wanted = this.#index.positionsOf(assetIds);
    const places = new Map<number, number>();
    for (const position of wanted) {
      if (position !== null) {
        places.set(position, -1);
      }
    }
    for (let place = 0; place < positions.length && places.size > 0; place += 1) {
      const position = positions[place] ?? -1;
      if (places.has(position)) {
        places.set(position, place);
      }
    }
    return wanted.map((position) => {
      const place = position === null ? undefined : places.get(position);
      return place === undefined || place < 0 ? null : place;
    });
  }

  /** @throws assetList.notFound */
  follow(listId: AssetListId): { readonly count: number; readonly leaving: number } {
    const list = this.#require(listId);
    const fresh = this.#answer(list.filter, list.sort);
    // 1 stands in the list, 2 stands in it and still matches.
    const marks = new Uint8Array(this.#index.size);
    for (const position of list.positions) {
      marks[position] = 1;
    }
    const added: number[] = [];
    for (const position of fresh) {
      if (marks[position] === 1) {
        marks[position] = 2;
      } else {
        added.push(position);
      }
    }
    let leaving = 0;
    for (const position of list.positions) {
      if (marks[position] === 1 && this.#index.isThere(position)) {
        leaving += 1;
      }
    }
    if (added.length > 0) {
      const longer = new Int32Array(list.positions.length + added.length);
      longer.set(list.positions);
      longer.set(added, list.positions.length);
      list.positions = longer;
      this.#makeRoom();
    }
    return { count: list.positions.length, leaving };
  }

  #answer(filter: AssetFilter, sort: AssetSort): Int32Array {
    const wanted = this.#resolve(filter);
    return wanted === null ? new Int32Array(0) : this.#index.order(wanted, sort).slice();
  }

  /** The cursor and the selection of an earlier list, by their places in this one. */
  #findAgain(positions: Int32Array, keep: KeptView | null): Pick<OpenedList, 'active' | 'isKept' | 'selected'> {
    const first = positions.length === 0 ? null : 0;
    if (keep === null || first === null) {
      return { active: first, isKept: false, selected: [] };
    }
    const places: Int32Array = new Int32Array(this.#index.size).fill(-1);
    for (let place = 0; place < positions.length; place += 1) {
      places[positions[place] ?? 0] = place;
    }
    const before = keep.listId === null ? null : this.#find(keep.listId);
    const [named] = keep.activeId === null ? [] : this.#index.positionsOf([keep.activeId]);
    const known = places[named ?? before?.positions[keep.active ?? -1] ?? -1] ?? -1;
    if (before === null) {
      // Nobody knows any more what stood there: the same place is the nearest.
      const nearest = Math.min(keep.active ?? 0, positions.length - 1);
      return { active: known < 0 ? nearest : known, isKept: known >= 0, selected: [] };
    }
    const active = known < 0 ? (findNear(before.positions, keep.active ?? 0, places) ?? first) : known;
    return { active, isKept: known >= 0, selected: this.#findSelected(before.positions, keep.selected, places) };
  }

  #findSelected(before: Int32Array, selected: readonly PlaceRange[], places: Int32Array): PlaceRange[] {
    const chosen = new Uint8Array(places.length);
    for (const [start, end] of selected) {
      for (const position of before.subarray(start, end)) {
        const now = places[position] ?? -1;
        if (now >= 0) {
          chosen[now] = 1;
        }
      }
    }
    return collectRanges(chosen);
  }

  #find(listId: AssetListId): AssetList | null {
    const list = this.#lists.get(listId);
    if (list === undefined) {
      return null;
    }
    this.#lists.delete(listId);
    this.#lists.set(listId, list);
    return list;
  }

  #require(listId: AssetListId): AssetList {
    this.#index.refresh();
    const list = this.#find(listId);
    if (list === null) {
      throw new StudioError('assetList.notFound', 'This list is no longer kept; ask for it anew.', { id: listId });
    }
    return list;
  }

  #makeRoom(): void {
    let places = 0;
    for (const { positions } of this.#lists.values()) {
      places += positions.length;
    }
    for (const [listId, { positions }] of this.#lists) {
      if (this.#lists.size === 1 || (this.#lists.size <= MAX_LISTS && places <= MAX_PLACES)) {
        return;
      }
      this.#lists.delete(listId);
      places -= positions.length;
    }
  }
}

/** The place of the next one that stayed, else of the one before. `places` are those of the new list by position. */
function findNear(before: Int32Array, active: number, places: Int32Array): number | null {
  const stays = (position: number) => (places[position] ?? -1) >= 0;
  const behind = before.subarray(active).find(stays);
  const next = behind ?? before.subarray(0, active).findLast(stays);
  return next === undefined ? null : (places[next] ?? null);
}
