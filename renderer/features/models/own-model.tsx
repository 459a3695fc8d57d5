import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Model } from '../../../electron/contract/system.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { FitFacts } from './import-facts.tsx';

/** Which layers of an image model a LoRA changes, found by comparing every name and size. */
export function LoraFit({ lora, bases }: { lora: string; bases: readonly string[] }) {
  const [chosen, setChosen] = useState('');
  const base = chosen === '' ? (bases[0] ?? '') : chosen;
  const matching = useMutation({ mutationFn: () => studio.model.match({ lora, base }) });
  if (bases.length === 0) return null;
  return (
    <InspectorSection title={message('models.fitted.title')}>
      <div className="flex items-end gap-2">
        <Select
          className="flex-1"
          label={message('models.fitted.model')}
          value={base}
          options={bases.map((name) => ({ value: name, label: name }))}
          onChange={(name) => {
            setChosen(name);
            matching.reset();
          }}
        />
        <Button busy={matching.isPending} onClick={() => matching.mutate()}>
          {message('models.fitted.compare')}
        </Button>
      </div>
      <div className="mt-2">
        {matching.error ? <FailureNote error={matching.error} /> : null}
        {matching.data ? <FitFacts fit={matching.data} isLora /> : null}
      </div>
    </InspectorSection>
  );
}

/** It cannot come back, so it asks once more. */
export function RemoveModel({ model }: { model: Pick<Model, 'name'> }) {
  const [isAsking, setAsking] = useState(false);
  const removing = useMutation({ mutationFn: () => studio.model.remove({ name: model.name }) });
  return (
    <div className="px-4 py-3">
      {removing.error ? <FailureNote error={removing.error} className="mb-2" /> : null}
      {isAsking ? (
        <>
          <p className="mb-2 text-12 text-pretty text-ink-soft">{message('models.remove.advice')}</p>
          <div className="flex gap-2">
            <Button onClick={() => setAsking(false)}>{message('common.cancel')}</Button>
            <Button variant="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
              {message('models.remove.really')}
            </Button>
          </div>
        </>
      ) : (
        <Button variant="danger" onClick={() => setAsking(true)}>
          {message('models.remove')}
        </Button>
      )}
    </div>
  );
}
