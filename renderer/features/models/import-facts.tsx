import type { ReactNode } from 'react';
import type { ImportReport, WeightFit } from '../../../electron/contract/model.ts';
import { formatBytes, formatMebibytes, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { Facts } from '../../ui/table.tsx';

/** Everything that an import found out. */
export function ImportFacts({ report }: { report: ImportReport }) {
  const { family, kind, precision, sizeBytes, memoryMiB, steps, base, kept, warnings } = report;
  const rows: (readonly [string, ReactNode])[] = [
    [message('models.family'), kind === 'lora' ? message('models.lora.family', { base: family }) : family],
    [message('models.size'), formatBytes(sizeBytes)],
    ...(precision === null ? [] : [[message('models.precision'), precision] as const]),
    ...(memoryMiB === null ? [] : [[message('models.memory'), formatMebibytes(memoryMiB)] as const]),
    ...(steps === null ? [] : [[message('models.steps'), formatNumber(steps)] as const]),
    ...(base === null ? [] : [[message(kind === 'lora' ? 'models.comparedWith' : 'models.graphsOf'), base] as const]),
    ...(kept.length === 0 ? [] : [[message('models.kept'), kept.join(', ')] as const]),
  ];
  return (
    <div className="flex flex-col gap-3">
      <Facts rows={rows} />
      <FitFacts fit={report} isLora={kind === 'lora'} />
      {warnings.map((warning) => (
        <p key={warning} className="rounded-control border bg-redo-wash px-3 py-2 text-12 text-pretty">
          {warning}
        </p>
      ))}
    </div>
  );
}

/** How many tensors found a place, how many did not, and the first names of those. */
export function FitFacts({ fit, isLora }: { fit: WeightFit; isLora: boolean }) {
  const { matched, unmatched, examples } = fit;
  if (matched === null || unmatched === null) return null;
  const more = unmatched - examples.length;
  return (
    <div className="text-12">
      <p className="text-ink">
        {message(isLora ? 'models.fitted.layers' : 'models.fitted.tensors', { count: matched })}{' '}
        {unmatched === 0 ? message('models.fitted.all') : message('models.fitted.rest', { count: unmatched })}
      </p>
      {examples.length > 0 ? (
        <ul className="mt-1.5 flex max-h-40 flex-col gap-0.5 overflow-y-auto font-mono text-11 break-all text-ink-soft">
          {examples.map((name) => (
            <li key={name}>{name}</li>
          ))}
          {more > 0 ? <li>{message('models.fitted.more', { count: more })}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
