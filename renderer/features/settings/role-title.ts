import type { Role } from '../../../electron/contract/role.ts';
import { message } from '../../lib/messages/message.ts';

/** As it stands alone. */
export function roleTitle(role: Role): string {
  const name = message(`role.${role}`);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
