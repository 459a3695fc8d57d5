import { useQuery } from '@tanstack/react-query';
import { CircleCheck, FileDown, FolderOpen } from 'lucide-react';
import type { ImportReport, ModelSighting } from '../../../electron/contract/model.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { formatBytes, formatNumber } from '../../lib/format.ts';
import { message } from '../../lib/messages/message.ts';
import { getOwnFiles } from '../../rpc/own-files.ts';
import { systemQueries } from '../../rpc/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { Facts } from '../../ui/table.tsx';
import { addSeen, closeAddModel, editChoice, editPath, lookAt, stopAdding, useAddModel } from './add-model-store.ts';
import type { AddModelState, AddStep } from './add-model-store.ts';
import { ImportFacts } from './import-facts.tsx';

export interface AddModelDialogProps {
  /** Called when a model is there, also long after the pane was closed. */
  onAdded: (report: ImportReport) => void;
}

/** A model folder, a checkpoint, a LoRA or a text model by its place: what it is, then adding it, then what was found out. */
export function AddModelDialog({ onAdded }: AddModelDialogProps) {
  const state = useAddModel();
  const about = useQuery(systemQueries.about());
  if (!state.isOpen) return null;
  const isElsewhere = about.data !== undefined && !about.data.sharesMachine;
  return (
    <Dialog
      open
      onOpenChange={closeAddModel}
      title={message(state.step.kind === 'done' ? 'models.add.done' : 'models.add.title')}
      description={state.step.kind === 'done' ? undefined : message('models.add.advice')}
      closeLabel={message('common.close')}
      footer={isElsewhere ? null : <Buttons state={state} onAdded={onAdded} />}
    >
      {isElsewhere ? <Elsewhere /> : <Step state={state} onAdded={onAdded} />}
    </Dialog>
  );
}

function Step({ state, onAdded }: { state: AddModelState; onAdded: AddModelDialogProps['onAdded'] }) {
  const { step, error, pathless } = state;
  if (step.kind === 'done') return <Result report={step.report} />;
  if (step.kind === 'adding') return <Adding {...step} />;
  return (
    <div className="flex flex-col gap-3">
      {pathless === null ? null : (
        <p role="status" className="rounded-control border bg-redo-wash px-3 py-2 text-12 text-pretty">
          {message('models.add.pathless', { name: pathless })}
        </p>
      )}
      <PathForm path={state.path} isLooking={step.kind === 'looking'} />
      {error ? <FailureNote error={error} onRetry={() => void retry(state, onAdded)} /> : null}
      {step.kind === 'seen' ? <Seen state={state} sighting={step.sighting} wasStopped={step.wasStopped} /> : null}
    </div>
  );
}

function retry({ step, path }: AddModelState, onAdded: AddModelDialogProps['onAdded']): Promise<void> {
  return step.kind === 'seen' ? addSeen(onAdded) : lookAt(path);
}

function PathForm({ path, isLooking }: { path: string; isLooking: boolean }) {
  const ownFiles = getOwnFiles();
  async function choose(what: 'folder' | 'file') {
    const chosen = await ownFiles?.choose(what);
    if (chosen) await lookAt(chosen);
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void lookAt(path);
      }}
    >
      <div className="flex items-start gap-2">
        <TextField
          className="flex-1"
          label={message('models.add.path')}
          hint={message(ownFiles ? 'models.add.path.drop' : 'models.add.path.hint')}
          value={path}
          maxLength={4096}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => editPath(event.target.value)}
        />
        <Button
          type="submit"
          busy={isLooking}
          blocked={path.trim() === '' ? message('models.add.needsPath') : null}
          className="mt-5"
        >
          {message('models.add.look')}
        </Button>
      </div>
      {ownFiles ? (
        <div className="mt-2 flex gap-2">
          <Button icon={FolderOpen} onClick={() => void choose('folder')}>
            {message('models.add.folder')}
          </Button>
          <Button icon={FileDown} onClick={() => void choose('file')}>
            {message('models.add.file')}
          </Button>
        </div>
      ) : null}
    </form>
  );
}

function Seen({ state, sighting, wasStopped }: { state: AddModelState; sighting: ModelSighting; wasStopped: boolean }) {
  const { form, family, sizeBytes, bases } = sighting;
  const takesBase = form === 'checkpoint' || form === 'lora';
  const options = bases.map((base) => ({ value: base, label: base }));
  return (
    <div className="flex flex-col gap-3 border-t pt-3">
      {wasStopped ? <p className="text-12 text-ink-soft">{message('models.add.stopped')}</p> : null}
      <Facts
        rows={[
          [message('models.add.found'), message(`models.form.${form}`)],
          ...(family === null ? [] : [[message('models.family'), family] as const]),
          [message('models.size'), formatBytes(sizeBytes)],
        ]}
      />
      <TextField
        label={message('models.add.name')}
        value={state.name}
        maxLength={120}
        onChange={(event) => editChoice({ name: event.target.value })}
      />
      {takesBase ? (
        <Select
          label={message(form === 'lora' ? 'models.add.compare' : 'models.add.base')}
          hint={message(form === 'lora' ? 'models.add.compare.hint' : 'models.add.base.hint')}
          value={state.base}
          options={form === 'lora' ? [{ value: '', label: message('models.add.compare.none') }, ...options] : options}
          onChange={(base) => editChoice({ base })}
        />
      ) : null}
    </div>
  );
}

function Adding({ sighting, work }: Extract<AddStep, { kind: 'adding' }>) {
  const done = work?.what === 'files' ? formatBytes(work.done) : formatNumber(work?.done ?? 0);
  const total = work?.what === 'files' ? formatBytes(work.total) : formatNumber(work?.total ?? 0);
  const isChecking = work !== null && work.done >= work.total;
  return (
    <div className="flex flex-col gap-2" role="status">
      <p className="text-13 font-medium">{message('models.add.adding', { name: sighting.name })}</p>
      <Progress
        label={message('models.add.adding', { name: sighting.name })}
        value={isChecking ? null : (work?.done ?? null)}
        max={work?.total ?? 1}
      />
      <p className="text-12 text-ink-soft tabular-nums">
        {work === null
          ? message('models.add.reading')
          : isChecking
            ? message('models.add.checking')
            : message(`models.add.progress.${work.what}`, { done, total })}
      </p>
      <p className="text-12 text-ink-faint">{message('models.add.goesOn')}</p>
    </div>
  );
}

function Result({ report }: { report: ImportReport }) {
  return (
    <div className="flex items-start gap-3" role="status">
      <CircleCheck size={20} strokeWidth={1.5} aria-hidden className="mt-0.5 shrink-0 text-approved" />
      <div className="min-w-0 flex-1">
        <p className="text-15 font-semibold break-words">{report.name}</p>
        <p className="mb-3 text-12 text-ink-soft">
          {message(report.alreadyInstalled ? 'models.add.known' : 'models.add.ready')}
        </p>
        <ImportFacts report={report} />
      </div>
    </div>
  );
}

/** Paths are the studio machine's, so only a page on that machine may name one. */
function Elsewhere() {
  return (
    <div className="text-13">
      <p className="text-pretty">{message('models.add.elsewhere')}</p>
      <code className="mt-2 inline-block rounded-small bg-hover px-2 py-1 font-mono text-12 select-all">
        npm run studio -- models import &lt;folder or file&gt;
      </code>
    </div>
  );
}

function Buttons({ state, onAdded }: { state: AddModelState; onAdded: AddModelDialogProps['onAdded'] }) {
  const { step, name, base } = state;
  if (step.kind === 'done')
    return (
      <Button variant="primary" onClick={closeAddModel}>
        {message('common.close')}
      </Button>
    );
  if (step.kind === 'adding') return <Button onClick={stopAdding}>{message('models.add.stop')}</Button>;
  const whyNot =
    step.kind !== 'seen'
      ? message('models.add.needsPath')
      : name.trim() === ''
        ? message('models.add.needsName')
        : step.sighting.form === 'checkpoint' && base === ''
          ? message('models.add.needsBase')
          : null;
  return (
    <>
      <Button onClick={closeAddModel}>{message('common.cancel')}</Button>
      <Button variant="primary" blocked={whyNot} onClick={() => void addSeen(onAdded)}>
        {message(step.kind === 'seen' && step.wasStopped ? 'models.add.resume' : 'models.add.run')}
      </Button>
    </>
  );
}
