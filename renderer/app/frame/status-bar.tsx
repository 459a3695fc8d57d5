import { useMutation } from '@tanstack/react-query';
import { Cable, Unplug } from 'lucide-react';
import type { EngineStatus, Ledger, SystemStatus } from '../../../electron/contract/system.ts';
import { classNames } from '../../lib/class-names.ts';
import { formatDuration, formatMebibytes, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { studio, useConnection } from '../../rpc/studio.ts';
import { useStatus } from '../../rpc/use-status.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { DeviceNote } from '../device-note.tsx';
import { formatRoute } from '../routes.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Facts } from '../../ui/table.tsx';

const item =
  'flex h-6 items-center gap-1.5 rounded-small px-1.5 whitespace-nowrap transition-colors hover:bg-hover hover:text-ink data-[state=open]:bg-hover';

/** What the machine does, how long still, what holds the memory, and whether anything leaves. */
export function StatusBar() {
  const { state } = useConnection();
  const status = useStatus();
  return (
    <footer
      aria-label={message('status.title')}
      className="flex h-7 shrink-0 items-center gap-1 border-t bg-panel px-2 text-12 text-ink-soft"
    >
      {state !== 'open' ? (
        <span
          role="status"
          className="flex items-center gap-1.5 px-1.5"
          title={message(state === 'refused' ? 'status.refusedAdvice' : 'status.lostAdvice')}
        >
          <StatusMark kind={state === 'connecting' ? 'queued' : 'failed'} label="" />
          {message(`status.${state}`)}
        </span>
      ) : status ? (
        <StatusItems status={status} />
      ) : (
        <Skeleton className="h-3 w-60" />
      )}
    </footer>
  );
}

function StatusItems({ status }: { status: SystemStatus }) {
  return (
    <>
      {status.engines.map((engine) => (
        <Engine key={engine.kind} engine={engine} />
      ))}
      <span className="flex-1" />
      {status.ledgers.map((ledger) => (
        <Memory key={ledger.device} ledger={ledger} />
      ))}
      <Queue queue={status.queue} />
      <Network network={status.network} />
    </>
  );
}

const lamps: Record<EngineStatus['state'], string> = {
  off: 'border border-line-strong',
  starting: 'border border-accent-text',
  loading: 'border border-accent-text bg-accent-text/40',
  idle: 'bg-ink-faint',
  working: 'bg-accent-text',
  restarting: 'border border-redo',
  broken: 'rotate-45 rounded-none! bg-rejected',
};

function Engine({ engine }: { engine: EngineStatus }) {
  const restart = useMutation({ mutationFn: () => studio.system.restartEngine({ kind: engine.kind }) });
  const name = message(`status.engine.${engine.kind}`);
  const state = message(`status.state.${engine.state}`);
  const trigger = (
    <button type="button" className={item}>
      <span aria-hidden className={classNames('size-2 rounded-full', lamps[engine.state])} />
      <span>{name}</span>
      <span className="max-w-60 truncate text-ink-faint max-beside:hidden" title={engine.doing ?? state}>
        {engine.doing ?? state}
      </span>
    </button>
  );
  return (
    <Popover trigger={trigger} label={name} side="top" className="w-75">
      <div className="mb-2 flex items-center justify-between">
        <h2 className="text-13 font-medium">{name}</h2>
        <span className="text-12 text-ink-soft">{state}</span>
      </div>
      <Facts
        rows={[
          [message('status.fact.model'), engine.model ?? message('status.noModel')],
          ...(engine.device ? [[message('status.fact.device'), engine.device] as const] : []),
          ...(engine.doing ? [[message('status.fact.doing'), engine.doing] as const] : []),
          ...(engine.restarts > 0
            ? [[message('status.fact.restarts'), message('status.restarts', { count: engine.restarts })] as const]
            : []),
        ]}
      />
      {engine.deviceNotes?.map((note) => (
        <DeviceNote key={note} note={note} className="mt-2 text-12 break-words text-ink-soft" />
      ))}
      {engine.reason ? <p className="mt-2 text-12 break-words text-ink-soft">{engine.reason}</p> : null}
      {engine.state === 'broken' ? (
        <Button className="mt-3" busy={restart.isPending} onClick={() => restart.mutate()}>
          {message('status.restartEngine')}
        </Button>
      ) : null}
    </Popover>
  );
}

function Memory({ ledger }: { ledger: Ledger }) {
  const used = ledger.totalMiB - ledger.freeMiB;
  const held = ledger.reservations.reduce((sum, reservation) => sum + reservation.sizeMiB, 0);
  const share = (sizeMiB: number) => `${Math.min(100, Math.max(0, (sizeMiB / Math.max(1, ledger.totalMiB)) * 100))}%`;
  const text = message('status.memoryOf', { used: formatMebibytes(used), total: formatMebibytes(ledger.totalMiB) });
  const trigger = (
    <button type="button" className={item} title={`${message('status.memory')}: ${text}`}>
      <span className="text-ink-faint max-columns:hidden">{ledger.device}</span>
      <span aria-hidden className="max-columns:hidden relative h-1.5 w-20 overflow-hidden rounded-full bg-pressed">
        <span className="absolute inset-y-0 left-0 rounded-full bg-line-strong" style={{ width: share(used) }} />
        <span
          className="absolute inset-y-0 left-0 rounded-full bg-accent-text"
          style={{ width: share(Math.min(held, used)) }}
        />
      </span>
      <span>{message('status.memoryFree', { free: formatMebibytes(ledger.freeMiB) })}</span>
    </button>
  );
  return (
    <Popover trigger={trigger} label={message('status.memory')} side="top" align="end" className="w-75">
      <h2 className="mb-2 text-13 font-medium">
        {message('status.memory')} <span className="font-normal text-ink-soft">{text}</span>
      </h2>
      <Facts
        rows={[
          ...ledger.reservations.map(
            (reservation) => [reservation.holder, formatMebibytes(reservation.sizeMiB)] as const,
          ),
          [message('status.memoryOther'), formatMebibytes(Math.max(0, used - held))],
        ]}
      />
      {ledger.reservations.length === 0 ? (
        <p className="mt-2 text-12 text-ink-soft">{message('status.memoryNobody')}</p>
      ) : null}
    </Popover>
  );
}

function Queue({ queue }: { queue: SystemStatus['queue'] }) {
  const count = queue.waiting + queue.running;
  if (count === 0) return <span className="px-1.5 text-ink-faint">{message('status.queueEmpty')}</span>;
  return (
    <span role="status">
      <a href={formatRoute({ screen: 'activity' })} className={item}>
        <StatusMark kind="running" label="" sizePx={12} />
        {message('status.queue', { count })}
        {queue.imagesPerMinute === null ? null : (
          <span className="text-ink-faint max-beside:hidden">
            {message('status.rate', { rate: formatNumber(queue.imagesPerMinute) })}
          </span>
        )}
        {queue.remainingSeconds === null ? null : (
          <span className="text-ink-faint max-columns:hidden">
            {message('status.left', { time: formatDuration(queue.remainingSeconds) })}
          </span>
        )}
      </a>
    </span>
  );
}

function Network({ network }: { network: SystemStatus['network'] }) {
  const Icon = network.listening ? Cable : Unplug;
  const label = network.listening
    ? message('status.listening', { address: network.listening })
    : message(network.offline ? 'status.offline' : 'status.online');
  const advice = message(network.listening ? 'status.listeningAdvice' : 'status.offlineAdvice');
  const trigger = (
    <button type="button" className={item}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {message(network.offline ? 'status.offline' : 'status.online')}
    </button>
  );
  return (
    <Popover trigger={trigger} label={label} side="top" align="end" className="w-70">
      <h2 className="text-13 font-medium break-words">{label}</h2>
      <p className="text-12 text-ink-soft">{advice}</p>
    </Popover>
  );
}
