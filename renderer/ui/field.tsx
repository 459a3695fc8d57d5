import { useId } from 'react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export const controlFrame =
  'w-full rounded-control border border-line bg-page px-2 text-13 text-ink transition-colors hover:border-line-strong focus-visible:border-accent-text focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-rejected disabled:opacity-45';

interface FieldProps {
  label: ReactNode;
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  className?: string | undefined;
  children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
}

/** A label, its control, and under it the error or else the hint. */
export function Field({ label, labelHidden = false, hint, error, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-12 text-ink-soft'}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {note ? (
        <p id={noteId} className={classNames('text-12', error ? 'text-rejected' : 'text-ink-faint')}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

type Shared = Omit<FieldProps, 'children'>;

export function TextField({
  label,
  labelHidden,
  hint,
  error,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'children'> & Shared) {
  return (
    <Field label={label} hint={hint} error={error} className={className} {...(labelHidden ? { labelHidden } : {})}>
      {(ids) => <input type="text" {...ids} {...rest} className={classNames(controlFrame, 'h-7')} />}
    </Field>
  );
}

export function TextArea({
  label,
  labelHidden,
  hint,
  error,
  className,
  mono = false,
  ...rest
}: Omit<ComponentProps<'textarea'>, 'children'> & Shared & { mono?: boolean }) {
  return (
    <Field label={label} hint={hint} error={error} className={className} {...(labelHidden ? { labelHidden } : {})}>
      {(ids) => (
        <textarea
          {...ids}
          {...rest}
          className={classNames(controlFrame, 'min-h-15 resize-y py-1', mono && 'font-mono text-12')}
        />
      )}
    </Field>
  );
}
