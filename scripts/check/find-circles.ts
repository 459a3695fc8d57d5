/**
 * The groups of names that reach each other, each as one way around that comes back to its first name. Empty when there is none.
 * Strongly connected components after Tarjan, "Depth-first search and linear graph algorithms" (1972).
 */
export function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  function visit(name: string): number {
    const own = order.size;
    order.set(name, own);
    open.push(name);
    let low = own;
    for (const next of edges.get(name) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next) ?? low);
    }
    lowest.set(name, low);
    if (low === own) {
      const group = open.splice(open.indexOf(name));
      if (group.length > 1 || edges.get(name)?.includes(name)) circles.push(wayAround(group, edges));
    }
    return low;
  }
  for (const name of edges.keys()) if (!order.has(name)) visit(name);
  return circles;
}

/** The shortest way from the group's first name back to it, which is what has to be cut. */
function wayAround(group: readonly string[], edges: ReadonlyMap<string, readonly string[]>): string[] {
  const [first = ''] = group;
  const inside = new Set(group);
  const ways: string[][] = [[first]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const next of edges.get(way.at(-1) ?? '') ?? []) {
      if (next === first) return [...way, first];
      if (!inside.has(next) || seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return [...group];
}
