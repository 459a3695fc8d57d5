/** Name of a copy made now. */
export function nameCopy(what: string, nowMs: number): string {
  return `library-${what}-${new Date(nowMs).toISOString().replaceAll(':', '-')}.db`;
}
