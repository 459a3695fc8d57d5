import { connectClient } from './connect-client.ts';
import type { ConnectedClient } from './connect-client.ts';
import { openSocket } from './connect-client.ts';

/** Opens an invitation as a browser does, says a name, and comes back in as that person. */
export async function joinStudio(link: string, name: string | null): Promise<ConnectedClient> {
  const guest = await connectClient(link);
  await guest.client.people.accept({ name });
  await guest.close();
  const { origin, host } = new URL(link);
  return openSocket({ origin, host, cookie: guest.cookie });
}
