import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../../electron/contract/authorisation.ts';
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

export async function openTestServer(options: TestStudioOptions & { readonly role?: Role } = {}): Promise<TestServer> {
  const opened = await openTestStudio(options);
  const host = await createHttpHost({
    studio: opened.studio,
    host: '127.0.0.1',
    port: 0,
    mayMove: false,
    connection: { role: options.role ?? 'editor', reviewer: 'tester' },
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
