import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

/** Hairline table, rows of 32 px. */
export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={classNames('w-full border-collapse text-left text-13', className)} {...rest} />;
}

export function HeadCell({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={classNames(
        'h-8 border-b px-2 text-12 font-medium whitespace-nowrap text-ink-faint first:pl-0 last:pr-0',
        className,
      )}
      {...rest}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('h-8 border-b px-2 py-1 align-top first:pl-0 last:pr-0', className)} {...rest} />;
}

/** Facts as name and value, for inspectors. */
export function Facts({
  rows,
  mono = false,
}: {
  rows: readonly (readonly [name: string, value: ReactNode])[];
  mono?: boolean;
}) {
  return (
    <dl className="grid grid-cols-[minmax(4.5rem,auto)_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-faint">{name}</dt>
          <dd className={classNames('min-w-0 break-words text-ink', mono && 'font-mono')}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
