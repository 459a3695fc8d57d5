import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { formatBytes } from './terminal.ts';
import { listModelFolders } from '../host-defaults.ts';
import { openModelStore } from '../../engines/model-store.ts';
import type { ModelStore } from '../../engines/model-store.ts';

/** Lists what is installed, needs no library. */
export async function listModels(
  own: readonly string[],
  store: ModelStore | undefined,
  { terminal }: CommandCall,
): Promise<number> {
  const folders = listModelFolders(own);
  const models = await (store ?? openModelStore({ folders })).list();
  terminal.table(
    models.map(
      (model) =>
        [
          model.name,
          [
            model.kind,
            model.family,
            formatBytes(model.sizeBytes),
            model.licence,
            model.shipped ? 'starter pack' : 'installed',
            model.problem ?? 'ready',
          ].join(', '),
        ] as const,
    ),
  );
  terminal.say(
    `Put more models into ${folders
      .filter(({ shipped }) => !shipped)
      .map(({ path }) => path)
      .join(' or ')}.`,
  );
  terminal.result({ models });
  return models.some(({ problem }) => problem !== null) ? exitCodes.model : exitCodes.ok;
}
