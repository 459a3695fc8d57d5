import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import type { FormatId } from '../../../electron/contract/format.ts';
import { message } from '../../lib/messages/message.ts';
import { formatQueries } from '../../rpc/queries.ts';

type FormatNames = ReadonlyMap<FormatId, string>;

/** Asked for once above all tiles: a question of each tile's own would cost more than the tile. */
export const FormatNamesContext = createContext<FormatNames>(new Map());

export function useAllFormatNames(): FormatNames {
  const { data: formats } = useQuery(formatQueries.list());
  return useMemo(
    () => new Map(formats?.map(({ id, name, ratio }) => [id, message('review.formatCaption', { name, ratio })])),
    [formats],
  );
}

/** Name and shape, as a caption says it; empty until the formats have come, for one that is gone, and for what has none. */
export function useFormatName(formatId: FormatId | null | undefined): string {
  const names = useContext(FormatNamesContext);
  return formatId === undefined || formatId === null ? '' : (names.get(formatId) ?? '');
}
