import { useMutation, useQuery } from '@tanstack/react-query';
import type { Model } from '../../../electron/contract/system.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { InspectorSection } from '../../app/screen.tsx';
import { message } from '../../lib/messages/message.ts';
import { modelQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';

/** Whether this text model writes where a campaign has none of its own, and the way to make it so. */
export function UsualTextModel({ model: { name, shipped } }: { model: Pick<Model, 'name' | 'shipped'> }) {
  const { queryKey } = modelQueries.textChoice(null);
  const { data: choice } = useQuery(modelQueries.textChoice(null));
  const choosing = useMutation({
    mutationFn: () => studio.model.chooseText({ briefId: null, name: shipped ? null : name }),
    onSuccess: (chosen) => queryClient.setQueryData(queryKey, chosen),
  });
  if (choice === undefined) return null;
  const isUsual = choice.usual === name || (choice.usual === null && shipped);
  return (
    <InspectorSection title={message('models.usual')}>
      <p className="text-13 text-pretty">{message(isUsual ? 'models.usual.is' : 'models.usual.isNot')}</p>
      {choosing.error ? <FailureNote error={choosing.error} className="mt-2" /> : null}
      {isUsual ? null : (
        <Button className="mt-2" busy={choosing.isPending} onClick={() => choosing.mutate()}>
          {message('models.usual.make')}
        </Button>
      )}
    </InspectorSection>
  );
}
