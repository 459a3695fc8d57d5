// A studio that the bench `files` brings damaged files into, in a process of its own. Argument: the folder for its library and models. Tasks and calls come by IPC.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStudioError } from '../../electron/contract/errors.ts';
import { parseKit, listKitFiles } from '../../electron/domain/brand/parse-kit.ts';
import { openHostStudio } from '../../electron/hosts/open-host-studio.ts';
import { importBrand } from '../../electron/studio/brand/import-brand.ts';
import { createBrief } from '../../electron/studio/brief/create-brief.ts';
import { importSource } from '../../electron/studio/plan/import-source.ts';
import { describeStudio } from '../../electron/studio/system/describe-studio.ts';
import { root } from '../project.ts';
import { fakeEntries } from './fake-studio.ts';

/** The ways by which a file gets into the studio. */
export type Way = 'font' | 'logo' | 'reference' | 'from' | 'source' | 'brief' | 'kit' | 'look' | 'install';
export type FileTask = { readonly id: number; readonly way: Way; readonly name: string; readonly bytes: Uint8Array };
export type FileVerdict = { readonly kind: 'sound' | 'typed' | 'untyped'; readonly text: string };
/** `bytes` of a model are a path in UTF-8: models come from this machine's disk. */
export type HostMessage = { readonly ask: FileTask } | { readonly call: number } | { readonly stop: true };
export type HostAnswer =
  | { readonly ready: true }
  | { readonly id: number; readonly verdict: FileVerdict }
  | { readonly answered: number };

const folder = process.argv[2] ?? '';
const example = join(root, 'examples/lumen-oat');
const kitText = readFileSync(join(example, 'brand.json'));
const kit = parseKit(kitText, 'brand.json');
const kitFiles = new Map(listKitFiles(kit).map(({ file }) => [file, readFileSync(join(example, file))]));
const { studio, close } = await openHostStudio({
  libraryFolder: join(folder, 'library'),
  importFolder: join(folder, 'models'),
  engineEntries: fakeEntries(1),
  withExamples: false,
});
const { context } = studio;

const ways: Readonly<Record<Way, (task: FileTask) => Promise<unknown>>> = {
  font: ({ name, bytes }) =>
    importKit({ ...kit, type: { ...kit.type, headline: { ...kit.type.headline, file: name } } }, name, bytes),
  logo: ({ name, bytes }) =>
    importKit({ ...kit, logos: kit.logos.map((logo) => ({ ...logo, file: name })) }, name, bytes),
  reference: ({ name, bytes }) => importKit({ ...kit, style: { ...kit.style, references: [name] } }, name, bytes),
  async from({ name, bytes }) {
    const picture = join(folder, name);
    writeFileSync(picture, bytes);
    await importSource(context, { picture, mask: picture, strength: 0.5 });
  },
  async source({ name, bytes }) {
    const { refused } = await context.reader.readSources([{ name, bytes }]);
    const [first] = refused;
    if (first) throw new Refused(`${first.reason}. Expected ${first.expected}`);
  },
  brief: async ({ name, bytes }) => createBrief(context, bytes, name),
  kit: async ({ name, bytes }) => importBrand(context, bytes, kitFiles, name),
  look: ({ bytes }) => context.installer.look(Buffer.from(bytes).toString()),
  async install({ name, bytes }) {
    const path = Buffer.from(bytes).toString();
    const { signal } = new AbortController();
    await context.installer.install({ path, name, signal, onProgress: () => undefined });
    await context.installer.remove(name).catch(() => undefined);
  },
};

class Refused extends Error {}

function importKit(changed: typeof kit, name: string, bytes: Uint8Array): Promise<unknown> {
  return importBrand(context, JSON.stringify(changed), new Map([...kitFiles, [name, bytes]]));
}

/** A parser that threw something of its own counts as untyped, also where its caller was told something typed. */
async function judge(task: FileTask): Promise<FileVerdict> {
  try {
    await ways[task.way](task);
    return { kind: 'sound', text: '' };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'typed', text: error.message };
    for (let cause: unknown = error; isStudioError(cause); cause = cause.cause)
      if (cause.code === 'internal.unexpected') return { kind: 'untyped', text: cause.message };
    if (isStudioError(error)) return { kind: 'typed', text: error.message };
    return { kind: 'untyped', text: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

const send = (answer: HostAnswer) => void process.send?.(answer);
process.on('message', (message: HostMessage) => {
  if ('ask' in message) void judge(message.ask).then((verdict) => send({ id: message.ask.id, verdict }));
  else if ('call' in message) {
    context.library.briefs.list();
    describeStudio(context, { role: 'viewer', reviewer: 'bench' });
    send({ answered: message.call });
  } else void close().then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
send({ ready: true });
