import { keyCaps } from '../../lib/keys.ts';
import { message } from '../../lib/messages/message.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import type { Action, ActionScope } from '../actions.ts';
import { useRegisteredActions } from '../use-actions.ts';

/** The keys of this screen first, then those that work everywhere. */
function groupByScope(actions: readonly Action[]): [ActionScope, Action[]][] {
  const unique = [
    ...new Map(
      actions
        .filter((action) => action.keys && !action.silent && action.scope !== 'dialog')
        .map((action) => [action.id, action]),
    ).values(),
  ];
  return [...Map.groupBy(unique, (action) => action.scope)].toSorted(
    ([a], [b]) => Number(a === 'frame') - Number(b === 'frame'),
  );
}

export function KeySheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const groups = groupByScope(useRegisteredActions());
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={message('keys.title')}
      description={message('keys.note', { keys: keyCaps('mod+k').join(' ') })}
      closeLabel={message('common.close')}
      widthPx={720}
      isText
    >
      <div className="columns-2 gap-8 max-columns:columns-1">
        {groups.map(([scope, actions]) => (
          <section key={scope} className="mb-4">
            <h3 className="mb-1 break-after-avoid text-12 font-medium text-ink-faint">
              {message(`action.scope.${scope}`)}
            </h3>
            <ul>
              {actions.map((action) => (
                <li
                  key={action.id}
                  className="flex min-h-7 break-inside-avoid items-center justify-between gap-3 border-b py-1"
                >
                  <span className="min-w-0 text-13">{action.title}</span>
                  <span className="flex flex-wrap justify-end gap-1.5">
                    {action.keys?.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
