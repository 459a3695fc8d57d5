import { message } from '../lib/messages/message.ts';

/** Where models run, as a sentence; why, in the words of the runtimes, for who asks. */
export function DeviceNote({ note, className }: { note: string; className?: string }) {
  const [, place, why] = /^(Runs on [^:]+): (.+)$/s.exec(note) ?? [];
  if (place === undefined || why === undefined) return <p className={className}>{note}</p>;
  return (
    <div className={className}>
      <p>{`${place}.`}</p>
      <details>
        <summary className="text-12 text-ink-soft hover:text-ink">{message('device.why')}</summary>
        <p className="text-12 break-words text-ink-soft">{why}</p>
      </details>
    </div>
  );
}
