import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { ContextMenu as RadixContextMenu, DropdownMenu as RadixMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';
import { Kbd } from './kbd.tsx';

export interface MenuItem {
  id: string;
  title: string;
  icon?: LucideIcon | undefined;
  keys?: string | undefined;
  checked?: boolean | undefined;
  disabled?: boolean | undefined;
  danger?: boolean | undefined;
  onSelect: () => void;
}

/** Groups are parted by a hairline. */
export interface MenuProps {
  trigger: ReactNode;
  groups: readonly (readonly MenuItem[])[];
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  /** For groups that are worth asking for only while somebody looks at them. */
  onOpenChange?: (isOpen: boolean) => void;
}

const surface =
  'float-in z-50 max-h-(--radix-popper-available-height) max-w-90 min-w-50 overflow-y-auto rounded-control border border-line bg-raised p-1 shadow-float outline-none';

export function Menu({ trigger, groups, align = 'start', side = 'bottom', onOpenChange }: MenuProps) {
  return (
    <RadixMenu.Root modal={false} {...(onOpenChange && { onOpenChange })}>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content align={align} side={side} sideOffset={4} collisionPadding={8} className={surface}>
          <MenuGroups groups={groups} Item={RadixMenu.Item} Separator={RadixMenu.Separator} />
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

/** The same menu under the right mouse button, around what it belongs to. */
export function ContextMenu({ groups, children }: { groups: MenuProps['groups']; children: ReactNode }) {
  return (
    <RadixContextMenu.Root modal={false}>
      <RadixContextMenu.Trigger asChild>{children}</RadixContextMenu.Trigger>
      <RadixContextMenu.Portal>
        <RadixContextMenu.Content collisionPadding={8} className={surface}>
          <MenuGroups groups={groups} Item={RadixContextMenu.Item} Separator={RadixContextMenu.Separator} />
        </RadixContextMenu.Content>
      </RadixContextMenu.Portal>
    </RadixContextMenu.Root>
  );
}

interface MenuParts {
  groups: MenuProps['groups'];
  Item: typeof RadixMenu.Item | typeof RadixContextMenu.Item;
  Separator: typeof RadixMenu.Separator | typeof RadixContextMenu.Separator;
}

function MenuGroups({ groups, Item, Separator }: MenuParts) {
  return groups
    .filter((group) => group.length > 0)
    .map((group, index) => (
      <div key={group[0]?.id ?? index} role="group">
        {index > 0 ? <Separator className="-mx-1 my-1 h-px bg-line" /> : null}
        {group.map(({ id, title, icon: Icon, keys, checked, disabled = false, danger = false, onSelect }) => (
          <Item
            key={id}
            disabled={disabled}
            onSelect={onSelect}
            className={classNames(
              'flex min-h-7 items-center gap-2 rounded-small px-2 text-13 outline-none select-none data-[disabled]:opacity-45 data-[highlighted]:bg-hover',
              danger ? 'text-rejected' : 'text-ink',
            )}
          >
            <span className="flex w-4 justify-center text-ink-soft">
              {checked ? (
                <Check size={14} aria-hidden />
              ) : Icon ? (
                <Icon size={14} strokeWidth={1.75} aria-hidden />
              ) : null}
            </span>
            <span className="min-w-0 flex-1">{title}</span>
            {keys ? <Kbd keys={keys} className="ml-4" /> : null}
          </Item>
        ))}
      </div>
    ));
}
