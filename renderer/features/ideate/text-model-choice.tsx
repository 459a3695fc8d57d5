import { useMutation, useQuery } from '@tanstack/react-query';
import type { BriefId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { message } from '../../lib/messages/message.ts';
import { modelQueries, systemQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { Select } from '../../ui/select.tsx';

/** No model has an empty name. */
const USUAL = '';

/** The text model that writes in this campaign. */
export function TextModelChoice({ briefId }: { briefId: BriefId }) {
  const { data: models = [] } = useQuery(systemQueries.models());
  const { data: choice } = useQuery(modelQueries.textChoice(briefId));
  const choosing = useMutation({
    mutationFn: (name: string) => studio.model.chooseText({ briefId, name: name === USUAL ? null : name }),
    onSuccess: (chosen) => queryClient.setQueryData(modelQueries.textChoice(briefId).queryKey, chosen),
  });
  const usable = models.filter(({ kind, lora, problem }) => kind === 'text' && lora === undefined && problem === null);
  const starter = usable.find(({ shipped }) => shipped)?.name;
  const names = new Set([...usable.map(({ name }) => name), ...(choice?.campaign ? [choice.campaign] : [])]);
  return (
    <>
      <Select
        label={message('ideate.model')}
        value={choice?.campaign ?? USUAL}
        options={[
          { value: USUAL, label: message('ideate.model.usual', { name: choice?.usual ?? starter ?? '' }) },
          ...[...names].map((name) => ({ value: name, label: name })),
        ]}
        onChange={(name) => choosing.mutate(name)}
      />
      {choosing.error ? <FailureNote error={choosing.error} /> : null}
    </>
  );
}
