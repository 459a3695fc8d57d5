import { useRight, whyNot } from '../rpc/rights.ts';
import { Button } from '../ui/button.tsx';
import type { ButtonProps } from '../ui/button.tsx';
import { procedureOf } from './action-rights.ts';
import { runAction } from './actions.ts';

/** A button that does what an action of the registry does, and says why where the present person may not do it. */
export function ActionButton({ action, ...rest }: Omit<ButtonProps, 'onClick'> & { action: string }) {
  const right = useRight();
  const procedure = procedureOf(action);
  const reason = procedure === null ? null : whyNot(right, procedure);
  return <Button {...rest} blocked={rest.blocked ?? reason} onClick={() => runAction(action)} />;
}
