import { statfs } from 'node:fs/promises';
import type { EngineKind } from '../../contract/engine-protocol.ts';
import { isStudioError } from '../../contract/errors.ts';
import type { Engines } from '../../engines/engine-client.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { findLeftovers } from './find-leftovers.ts';
import { formatBytes } from './terminal.ts';

type Finding = { readonly what: string; readonly ok: boolean; readonly detail: string };

/** Tries everything that the studio needs on this machine: the library, its disk, each engine with its model. */
export async function examine({ terminal, open }: CommandCall): Promise<number> {
  const { engines, studio } = await open();
  const { library } = studio.context;
  const findings: Finding[] = [
    { what: 'Node', ok: true, detail: process.version },
    await examineLibrary(library),
    await examineDisk(library.folder),
  ];
  findings.push(await examineDevices(engines), ...examineLeftovers());
  for (const kind of ['text', 'image', 'vision'] as const) findings.push(await examineEngine(engines, kind));
  terminal.table(findings.map(({ what, ok, detail }) => [what, `${ok ? 'ok' : 'PROBLEM'}: ${detail}`] as const));
  terminal.result({ findings });
  return findings.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.model;
}

type Checked = {
  readonly folder: string;
  readonly fsck: (options: {
    read: 'none';
  }) => Promise<{ readonly ok: boolean; readonly findings: readonly unknown[] }>;
};

async function examineLibrary(library: Checked): Promise<Finding> {
  const { ok, findings } = await library.fsck({ read: 'none' });
  return { what: 'library', ok, detail: ok ? library.folder : `${findings.length} findings; run fsck` };
}

async function examineDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  return { what: 'disk', ok: freeBytes > 512 * 1024 ** 2, detail: `${formatBytes(freeBytes)} free` };
}

/** Earlier versions let the runtime of the image models keep a device id and reports of its own; they were never read here and may go. */
function examineLeftovers(): Finding[] {
  return findLeftovers().map((folder) => ({
    what: 'left behind',
    ok: true,
    detail: `${folder} holds reports that ONNX Runtime kept before it was told not to; you can delete it`,
  }));
}

/** A machine without a usable graphics card works, only slower: that is a finding, not a problem. */
async function examineDevices(engines: Engines): Promise<Finding> {
  const { reason } = await engines.devices();
  return { what: 'image device', ok: true, detail: reason };
}

async function examineEngine(engines: Engines, kind: Exclude<EngineKind, 'speech'>): Promise<Finding> {
  const beganAtMs = performance.now();
  try {
    const { name, device, engineBuild } = await engines[kind].ensureLoaded();
    return {
      what: `${kind} engine`,
      ok: true,
      detail: `${name} on ${device}, loaded in ${Math.round(performance.now() - beganAtMs)} ms (${engineBuild})`,
    };
  } catch (error) {
    return { what: `${kind} engine`, ok: false, detail: isStudioError(error) ? error.message : String(error) };
  }
}
