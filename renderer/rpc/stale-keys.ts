import type { QueryKey } from '@tanstack/react-query';
import type { Change } from '../../electron/contract/system.ts';

/** Which queries a change makes stale, by the first parts of their keys. */
export function staleKeys({ topic, verb, ids }: Change): QueryKey[] {
  const single = (name: string): QueryKey[] => (verb === 'added' ? [] : ids.map((id) => [name, 'get', id]));
  switch (topic) {
    case 'brief':
      return [['brief', 'list'], ...single('brief')];
    case 'brand':
      return [['brand']];
    case 'deliverable':
      return [['deliverable'], ['brief', 'list'], ...(verb === 'changed' ? [] : [['bin']])];
    case 'plan':
      return [['plan', 'list'], ...single('plan')];
    case 'cell':
      return [['cell']];
    case 'run':
      return [['run'], ['batch'], ['scoring', 'list'], ['system', 'runningBatch']];
    case 'asset':
      return [
        ['asset', 'counts'],
        ['asset', 'summaries'],
        ['brief', 'list'],
        ['brand', 'list'],
        ['scoring'],
        ...(verb === 'changed' ? [] : [['bin']]),
        ...single('asset'),
      ];
    case 'verdict':
      return [
        ['asset', 'counts'],
        ['asset', 'summaries'],
        ['brief', 'list'],
        ['asset', 'get'],
      ];
    case 'model':
      return [['system', 'models']];
    case 'format':
      return [['format']];
    case 'delivery':
      return [['delivery']];
  }
}
