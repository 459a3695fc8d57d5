import { useQuery } from '@tanstack/react-query';
import { peopleQueries } from './queries.ts';

/** Names by what verdicts, runs and events are signed with. Words of older libraries that are nobody's id stand for themselves. */
export function usePersonNames(): (by: string) => string {
  const { data } = useQuery(peopleQueries.list());
  return (by) => data?.find(({ id }) => id === by)?.name ?? by;
}
