/**
 * Loads what belongs to a key once, also when it is asked for again while it loads, and keeps the most recently loaded `limit` of them. A load that fails is
 * forgotten, so that the next question tries again.
 */
export function createRecentLoads<Value>(limit: number): (key: string, load: () => Promise<Value>) => Promise<Value> {
  const loads = new Map<string, Promise<Value>>();
  return (key, load) => {
    const known = loads.get(key);
    if (known) return known;
    const loading = load();
    loads.set(key, loading);
    loading.catch(() => loads.delete(key));
    const [oldest] = loads.keys();
    if (loads.size > limit && oldest !== undefined) loads.delete(oldest);
    return loading;
  };
}
