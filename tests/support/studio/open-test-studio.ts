import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownerId } from '../../../electron/contract/identifiers.ts';
import type { PersonId } from '../../../electron/contract/identifiers.ts';
import type { Role } from '../../../electron/contract/role.ts';
import { hashSecret, makeSecret } from '../../../electron/studio/people/secret.ts';
import type { Studio } from '../../../electron/studio/create-studio.ts';
import { createHttpHost } from '../../../electron/hosts/http/create-http-host.ts';
import type { HttpHost } from '../../../electron/hosts/http/create-http-host.ts';
import { openHostStudio } from '../../../electron/hosts/open-host-studio.ts';
import type { HostStudioOptions } from '../../../electron/hosts/host-studio-options.ts';
import type { HostStudio } from '../../../electron/hosts/open-host-studio.ts';
import { createFakeEntries, createFakeModelStore } from '../fake-engine/create-fake-engines.ts';
import type { FakeEngineOptions } from '../fake-engine/create-fake-engines.ts';
import { connectClient } from './connect-client.ts';
import type { ConnectedClient } from './connect-client.ts';
import { createFakeFinisher } from './create-fake-finisher.ts';

export type TestStudioOptions = Partial<HostStudioOptions> & {
  readonly fake?: FakeEngineOptions;
  /** Set type and logo for real; slow. */
  readonly realFinisher?: boolean;
};

export type TestStudio = HostStudio & { readonly folder: string; [Symbol.asyncDispose](): Promise<void> };

/** A studio as hosts open it, with fake engines, on a library that is gone afterwards unless the test named its folder. */
export async function openTestStudio({ fake, realFinisher, ...options }: TestStudioOptions = {}): Promise<TestStudio> {
  const folder = options.libraryFolder ?? mkdtempSync(join(tmpdir(), 'housestyle-studio-'));
  const opened = await openHostStudio({
    withExamples: false,
    engineEntries: createFakeEntries(fake ?? { imageMs: 5 }),
    modelStore: createFakeModelStore(),
    ...(realFinisher === true ? {} : { finisher: createFakeFinisher() }),
    ...options,
    libraryFolder: folder,
  });
  return {
    ...opened,
    folder,
    async [Symbol.asyncDispose]() {
      await opened.close();
      if (options.libraryFolder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TestServer = TestStudio & { readonly host: HttpHost; readonly connect: () => Promise<ConnectedClient> };

/** Somebody who has joined with a role; their token, as it stands in a cookie, beside them. */
export function addPerson(
  { context: { library } }: Studio,
  name: string,
  role: Role,
): { readonly personId: PersonId; readonly token: string } {
  const [code, token] = [makeSecret(), makeSecret()];
  library.invites.add({ hash: hashSecret(code), role, personId: null, invitedBy: ownerId, lastsMs: 60_000 });
  const { id } = library.invites.accept({ code: hashSecret(code), token: hashSecret(token), name });
  return { personId: id, token };
}

/** Whoever connects is the owner. */
export async function openTestServer(options: TestStudioOptions = {}): Promise<TestServer> {
  const opened = await openTestStudio(options);
  const host = await createHttpHost({
    studio: opened.studio,
    host: '127.0.0.1',
    port: 0,
    mayMove: false,
    ...(options.rendererFolder === undefined ? {} : { rendererFolder: options.rendererFolder }),
  });
  return {
    ...opened,
    host,
    connect: () => connectClient(host.url),
    async [Symbol.asyncDispose]() {
      await host.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}
