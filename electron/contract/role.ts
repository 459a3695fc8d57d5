import { z } from 'zod';

/** Each role may do what the ones before it may. */
export const roles = ['viewer', 'reviewer', 'producer', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Least right that a procedure asks for. A guest holds an open invitation and is nobody yet. */
export type Right = Role | 'guest';

const rights: readonly Right[] = ['guest', ...roles];

/** Whether who holds the one right may do what needs the other. Unknown words hold none. */
export function isAllowed(held: Right, needed: Right): boolean {
  return rights.indexOf(held) >= rights.indexOf(needed);
}
