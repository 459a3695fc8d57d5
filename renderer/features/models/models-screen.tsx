import { useQuery } from '@tanstack/react-query';
import { Boxes, Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { DragEvent } from 'react';
import { engineKindSchema } from '../../../electron/contract/engine-protocol.ts';
import type { Model } from '../../../electron/contract/system.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatBytes } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { getOwnFiles } from '../../rpc/own-files.ts';
import { useStatus } from '../../rpc/use-status.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Cell, HeadCell, Table } from '../../ui/table.tsx';
import { AddModelDialog } from './add-model-dialog.tsx';
import { lookAt, openAddModel, takePathless, useAddModel } from './add-model-store.ts';
import type { AddStep } from './add-model-store.ts';
import { judgeFit } from './judge-fit.ts';
import { describeFamily, describeUse, ModelInspector } from './model-inspector.tsx';

const noModels: readonly Model[] = [];

/** What is installed, what it may be used for, whether it fits. */
export function ModelsScreen() {
  const [activeName, setActiveName] = useState<string | null>(null);
  const [isDropping, setDropping] = useState(false);
  const adding = useAddModel();
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
    { id: 'models.add', title: message('models.add'), keys: ['n'], scope: 'models', run: openAddModel },
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
        <>
          <IconButton
            icon={RefreshCw}
            label={message('models.refresh')}
            keys="shift+r"
            onClick={() => void query.refetch()}
          />
          <AddButton step={adding.step} />
        </>
      }
      inspector={
        <ModelInspector
          model={active}
          fit={active ? judgeFit(active, ledgers) : { kind: 'unknown' }}
          bases={models.filter(isUsableBase).map(({ name }) => name)}
          deviceNotes={status?.engines.find((engine) => engine.kind === active?.kind)?.deviceNotes ?? []}
        />
      }
    >
      <AddModelDialog onAdded={({ name }) => setActiveName(name)} />
      <div
        className="relative min-h-0 flex-1 overflow-y-auto px-6 py-4"
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={(event) => {
          setDropping(false);
          takeDrop(event);
        }}
      >
        {isDropping ? (
          <p className="pointer-events-none absolute inset-3 z-10 flex items-center justify-center rounded-control border-2 border-dashed border-accent-text bg-page/80 text-15 font-medium">
            {message('models.add.drop')}
          </p>
        ) : null}
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
                <HeadCell className="max-columns:hidden">{message('models.family')}</HeadCell>
                <HeadCell className="text-right">{message('models.size')}</HeadCell>
                <HeadCell className="max-columns:hidden">{message('models.licence')}</HeadCell>
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
      </div>
    </Screen>
  );
}

const isUsableBase = ({ kind, lora, problem }: Model) => kind === 'image' && lora === undefined && problem === null;

/** One at a time: a second folder waits until the first is in. */
function takeDrop(event: DragEvent): void {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (!file) return;
  const path = getOwnFiles()?.pathOf(file) ?? '';
  if (path === '') takePathless(file.name);
  else void lookAt(path);
}

/** Adds a model, or leads back to the one that is being added. */
function AddButton({ step }: { step: AddStep }) {
  const whyNot = useWhyNot('model.import');
  if (step.kind !== 'adding')
    return (
      <Button icon={Plus} variant="primary" keys="n" blocked={whyNot} onClick={openAddModel}>
        {message('models.add')}
      </Button>
    );
  const percent = step.work === null ? 0 : Math.floor((100 * step.work.done) / Math.max(1, step.work.total));
  return (
    <Button busy onClick={openAddModel} className="tabular">
      {message('models.add.background', { name: step.sighting.name, percent })}
    </Button>
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
          <button
            type="button"
            aria-pressed={active}
            onClick={onActivate}
            className="rounded-small text-left font-medium"
          >
            {model.name}
          </button>
          {model.shipped ? <Badge>{message('models.shipped')}</Badge> : null}
        </div>
        <p className="text-12 text-ink-faint">{describeUse(model)}</p>
      </Cell>
      <Cell className="py-1.5 text-ink-soft max-columns:hidden">{describeFamily(model)}</Cell>
      <Cell className="tabular py-1.5 text-right whitespace-nowrap">{formatBytes(model.sizeBytes)}</Cell>
      <Cell className="py-1.5 text-ink-soft max-columns:hidden">{model.licence}</Cell>
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
