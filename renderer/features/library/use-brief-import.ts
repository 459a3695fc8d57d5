import { useMutation } from '@tanstack/react-query';
import type { Brief } from '../../../electron/contract/brief.ts';
import { MAX_BRIEF_BYTES } from '../../../electron/contract/brief.ts';
import { parseBrief } from '../../../electron/domain/brief/parse-brief.ts';
import { formatQueries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';

/**
 * Reads a brief from a file and hands it to the studio. The file is judged here first, by the same rules and before anything is sent:
 * a huge or wrongly encoded one is refused with its line. Throws the studio's `brief.invalid` either way.
 */
async function importBrief(file: File): Promise<Brief> {
  const bytes = new Uint8Array(await file.slice(0, MAX_BRIEF_BYTES + 1).arrayBuffer());
  const formats = await queryClient.ensureQueryData(formatQueries.list());
  const { text } = parseBrief(
    bytes,
    file.name,
    formats.map(({ id }) => id),
  );
  return studio.brief.create({ text });
}

export function useBriefImport(onImported: (brief: Brief) => void) {
  return useMutation({ mutationFn: importBrief, onSuccess: onImported });
}
