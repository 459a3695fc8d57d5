import { useQuery } from '@tanstack/react-query';
import { Boxes, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { engineKindSchema } from '../../../electron/contract/engine-protocol.ts';
import type { Model } from '../../../electron/contract/system.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { useStatus } from '../../rpc/use-status.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Cell, HeadCell, Table } from '../../ui/table.tsx';
import { judgeFit } from './judge-fit.ts';
import { describeFamily, describeUse, ModelInspector } from './model-inspector.tsx';

const noModels: readonly Model[] = [];

/** What is installed, what it may be used for, whether it fits. */
export function ModelsScreen() {
  const [activeName, setActiveName] = useState<string | null>(null);
  const status = useStatus();
  const query = useQuery(systemQueries.models());
  const models = query.data ?? noModels;
  const ordered = engineKindSchema.options.flatMap((kind) => models.filter((model) => model.kind === kind));
  const active = ordered.find((model) => model.name === activeName) ?? ordered[0] ?? null;
  const ledgers = status?.ledgers ?? [];
  const move = (step: number) => {
    const next = ordered[ordered.findIndex((model) => model === active) + step];
    if (next) setActiveName(next.name);
  };
  useActions([
    {
      id: 'models.next',
      title: message('models.action.next'),
      keys: ['arrowdown', 'j'],
      scope: 'models',
      run: () => move(1),
      unlisted: true,
    },
    {
      id: 'models.previous',
      title: message('models.action.previous'),
      keys: ['arrowup', 'k'],
      scope: 'models',
      run: () => move(-1),
      unlisted: true,
    },
    {
      id: 'models.refresh',
      title: message('models.refresh'),
      keys: ['shift+r'],
      scope: 'models',
      run: () => void query.refetch(),
    },
  ]);

  const sizeBytes = models.reduce((sum, model) => sum + model.sizeBytes, 0);
  return (
    <Screen
      title={message('models.title')}
      context={
        query.data ? (
          <span className="text-12 text-ink-faint">
            {message('models.context', { count: models.length, size: formatBytes(sizeBytes) })}
          </span>
        ) : null
      }
      actions={
        <IconButton
          icon={RefreshCw}
          label={message('models.refresh')}
          keys="shift+r"
          onClick={() => void query.refetch()}
        />
      }
      inspector={
        <ModelInspector
          model={active}
          fit={active ? judgeFit(active, ledgers) : { kind: 'unknown' }}
          deviceNotes={status?.engines.find((engine) => engine.kind === active?.kind)?.deviceNotes ?? []}
        />
      }
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4">
        {query.error ? <FailureNote error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data?.length === 0 ? (
          <EmptyState icon={Boxes} title={message('models.empty')}>
            {message('models.empty.advice')}
          </EmptyState>
        ) : null}
        {query.isPending ? <Skeleton className="h-48 w-full" /> : null}
        {ordered.length > 0 ? (
          <Table>
            <thead>
              <tr>
                <HeadCell className="pl-2!">{message('models.name')}</HeadCell>
                <HeadCell>{message('models.family')}</HeadCell>
                <HeadCell className="text-right">{message('models.size')}</HeadCell>
                <HeadCell>{message('models.licence')}</HeadCell>
                <HeadCell>{message('models.state')}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {ordered.map((model) => (
                <ModelRow
                  key={`${model.kind} ${model.name}`}
                  model={model}
                  active={model === active}
                  inUse={
                    status?.engines.some((engine) => engine.kind === model.kind && engine.model === model.name) ?? false
                  }
                  fit={model.lora === undefined ? judgeFit(model, ledgers).kind : 'good'}
                  onActivate={() => setActiveName(model.name)}
                />
              ))}
            </tbody>
          </Table>
        ) : null}
        {query.data ? (
          <div className="mt-6 text-12 text-ink-soft">
            <p>{message('models.install')}</p>
            <code className="mt-1.5 inline-block rounded-small bg-hover px-2 py-1 font-mono text-12 text-ink select-all">
              npm run studio -- models import &lt;folder or file&gt;
            </code>
          </div>
        ) : null}
      </div>
    </Screen>
  );
}

interface ModelRowProps {
  model: Model;
  active: boolean;
  inUse: boolean;
  fit: ReturnType<typeof judgeFit>['kind'];
  onActivate: () => void;
}

function ModelRow({ model, active, inUse, fit, onActivate }: ModelRowProps) {
  return (
    <tr onClick={onActivate} className={classNames('transition-colors', active ? 'bg-hover' : 'hover:bg-hover/60')}>
      <Cell className="py-1.5 pl-2!">
        <div className="flex items-center gap-2">
          <button type="button" aria-pressed={active} onClick={onActivate} className="rounded-small font-medium">
            {model.name}
          </button>
          {model.shipped ? <Badge>{message('models.shipped')}</Badge> : null}
        </div>
        <p className="text-12 text-ink-faint">{describeUse(model)}</p>
      </Cell>
      <Cell className="py-1.5 text-ink-soft">{describeFamily(model)}</Cell>
      <Cell className="tabular py-1.5 text-right whitespace-nowrap">{formatBytes(model.sizeBytes)}</Cell>
      <Cell className="py-1.5 text-ink-soft">{model.licence}</Cell>
      <Cell className="py-1.5 whitespace-nowrap">
        <ModelState model={model} inUse={inUse} fit={fit} />
      </Cell>
    </tr>
  );
}

function ModelState({ model, inUse, fit }: Pick<ModelRowProps, 'model' | 'inUse' | 'fit'>) {
  const [mark, text] =
    model.problem !== null
      ? (['failed', message('models.problem')] as const)
      : fit === 'tooLarge'
        ? (['failed', message('models.tooLarge')] as const)
        : inUse
          ? (['running', message('models.inUse')] as const)
          : fit === 'tight'
            ? (['queued', message('models.tight')] as const)
            : (['approved', message('models.ready')] as const);
  return (
    <span className="flex items-center gap-1.5">
      <StatusMark kind={mark} label="" />
      {text}
    </span>
  );
}
