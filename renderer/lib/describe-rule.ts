import type { VerdictRule } from '../../electron/contract/review.ts';
import { message } from './messages/message.ts';

/** How a status follows from what several people say, to stand after "the status is". */
export function describeRule(rule: VerdictRule): string {
  if (rule.kind === 'quorum') return message('rule.quorumOf', { count: rule.count });
  if (rule.kind === 'role') return message('rule.roleOf', { role: message(`role.${rule.role}`) });
  return message(`rule.${rule.kind}`);
}
