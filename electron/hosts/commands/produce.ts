import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ChannelFormat } from '../../contract/format.ts';
import { parseBrief } from '../../domain/brief/parse-brief.ts';
import type { Engines } from '../../engines/engine-client.ts';
import { formatTrace } from '../../engines/process/write-trace.ts';
import { importBrandFolder, readBrandFolder } from '../../studio/brand/import-brand-folder.ts';
import { createBriefOnce } from '../../studio/brief/create-brief.ts';
import { readBriefFile } from '../../studio/brief/read-brief-file.ts';
import { produceBrief } from '../../studio/plan/produce-brief.ts';
import type { ProduceEvent, ProduceSummary } from '../../studio/plan/produce-brief.ts';
import { openFileReader } from '../host-defaults.ts';
import type { CommandCall } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { assertSourceWhole, readSourceOptions } from './source-options.ts';
import type { SourceOptions } from './source-options.ts';
import { formatBytes, formatDuration } from './terminal.ts';
import type { ProgressBar, Terminal } from './terminal.ts';

export type ProduceOptions = SourceOptions & {
  readonly brief: string;
  readonly brand: string;
  readonly count: number;
  readonly concepts: number;
  readonly seed: number;
  readonly formats?: string[];
  readonly out: string;
  readonly replace?: boolean;
  readonly trace?: string;
  readonly textModel?: string;
};

/** Everything that can be wrong with the input is said before anything is made. */
export async function produce(
  options: ProduceOptions,
  { terminal, signal, open, askedBy, patienceMs, leave }: CommandCall,
): Promise<number> {
  const out = resolve(options.out);
  assertSourceWhole(options);
  const briefBytes = readBriefFile(options.brief);
  const { fields } = parseBrief(briefBytes, basename(options.brief), null);
  {
    await using reader = openFileReader();
    await readBrandFolder(options.brand, reader);
  }
  assertTargetFree(out, options.replace === true);
  assertTraceFolder(options.trace);

  const beganAtMs = Date.now();
  const { studio, engines } = await open();
  const { context } = studio;
  if (options.trace !== undefined) traceFirstPicture(engines, resolve(options.trace), terminal);
  if (options.textModel !== undefined) await engines.findModel('text', options.textModel);
  const formatIds = options.formats ?? fields.formats;
  assertFormats(formatIds, context.library.formats.list());
  const brandVersion = await importBrandFolder(context, options.brand);
  const brief = createBriefOnce(context, briefBytes, basename(options.brief));
  terminal.say(
    `${brief.fields.name}: ${options.count} images in ${formatIds.join(', ')} under ${brandVersion.kit.name}, version ${brandVersion.number}`,
  );
  const source = await readSourceOptions(context, options);
  const show = createDisplay(terminal);
  let summary: ProduceSummary;
  try {
    const target = { folder: out, replace: options.replace === true };
    summary = await produceBrief(
      context,
      {
        brief,
        brandVersion,
        formatIds,
        target,
        count: options.count,
        askedBy,
        concepts: options.concepts,
        seed: options.seed,
        textModel: options.textModel,
        ...(source && { source }),
      },
      { signal, patienceMs, onEvent: show.event, ...(leave && { onLeave: leave }) },
    );
  } finally {
    show.end();
  }
  for (const note of engines.status().find(({ kind }) => kind === 'image')?.deviceNotes ?? []) terminal.say(note);
  report(terminal, summary, out, (Date.now() - beganAtMs) / 1000, context.library.folder);
  return summary.passed >= summary.wanted ? exitCodes.ok : exitCodes.incomplete;
}

function assertTraceFolder(file: string | undefined): void {
  if (file === undefined || existsSync(dirname(resolve(file)))) return;
  const message = `--trace: the folder of "${basename(file)}" does not exist. Make it, or name another file.`;
  throw new StudioError('input.invalid', message, {
    issues: [{ path: 'trace', message: 'its folder does not exist' }],
  });
}

/** Writes the timings of the first picture that is made, as soon as it is. */
function traceFirstPicture(engines: Engines, file: string, terminal: Terminal): void {
  const stop = engines.onPicture((timing) => {
    stop();
    try {
      writeFileSync(file, formatTrace(timing));
      terminal.say(`Timings of the first image: ${file}`);
    } catch (error) {
      // The picture is made all the same.
      terminal.say(`The timings could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}

function assertFormats(wanted: readonly string[], known: readonly ChannelFormat[]): void {
  const unknown = wanted.find((id) => known.every((format) => format.id !== id));
  if (unknown === undefined) return;
  const expected = known.map(({ id }) => id).join(', ');
  throw new StudioError(
    'input.invalid',
    `There is no channel format "${unknown}". Expected some of ${expected}; \`housestyle formats add\` makes another.`,
    { issues: [{ path: 'formats', message: `unknown format ${unknown}` }] },
  );
}

/** A folder that this command made before may be replaced when the user says so; anything else is never touched. */
function assertTargetFree(out: string, replace: boolean): void {
  if (!existsSync(out) || readdirSync(out).length === 0) return;
  if (replace && existsSync(resolve(out, 'manifest.json'))) return;
  const remedy = replace
    ? 'It is not an export of Housestyle, so it is left alone; choose another folder'
    : 'Choose another folder, or add --replace to replace an earlier export';
  throw new StudioError(
    'delivery.targetExists',
    `--out: the folder "${basename(out)}" is there already and not empty. ${remedy}.`,
    { name: basename(out) },
  );
}

function createDisplay(terminal: Terminal): {
  readonly event: (event: ProduceEvent) => void;
  readonly end: () => void;
} {
  let bar: ProgressBar | null = null;
  let stage = '';
  const note = createObstacleNote(terminal);
  const stand = (name: ProduceEvent['type'], label: string, total: number): ProgressBar => {
    if (stage !== name || bar === null) {
      bar?.end();
      bar = terminal.bar(label, total);
      stage = name;
    }
    return bar;
  };
  return {
    event(event) {
      if (event.type === 'export') stand('export', 'Export', event.total).update(event.done, '', event.total);
      if (event.type === 'batch') {
        const { batch, passed, wanted } = event;
        note(batch.waitingFor);
        const left =
          batch.remaining === null
            ? ''
            : `, ${formatDuration(batch.remaining.low)} to ${formatDuration(batch.remaining.high)} left`;
        const words =
          batch.waitingFor ?? `${batch.done} made${batch.failed > 0 ? `, ${batch.failed} failed` : ''}${left}`;
        stand('batch', 'Images', wanted).update(passed, words, wanted);
      }
      if (event.type === 'ideation') {
        const { done, total, inHand, waitingFor } = event.run;
        note(waitingFor);
        const [job] = inHand;
        const words = waitingFor ?? (job?.subject ? `writing a ${job.subject}` : '');
        stand('ideation', 'Ideas', total).update(done, words, total);
      }
    },
    end: () => bar?.end(),
  };
}

/** Says why nothing moves, once for each reason, also to whoever only reads the result. */
function createObstacleNote(terminal: Terminal): (sentence: string | null) => void {
  let said: string | null = null;
  return (sentence) => {
    if (sentence === null || sentence === said) return;
    said = sentence;
    terminal.warn(`Waiting: ${sentence}. Ctrl-C stops; the same command goes on where it was.`);
  };
}

function report(
  terminal: Terminal,
  summary: ProduceSummary,
  out: string,
  seconds: number,
  libraryFolder: string,
): void {
  const { delivery, made, passed, wanted, concepts, failedJobs, imagesPerMinute, passedFirst, remade } = summary;
  terminal.table([
    ['concepts', String(concepts)],
    ['images made', String(made)],
    ['passed every check', `${passed} of ${wanted} wanted (${passedFirst} with their first try)`],
    ['made again after a failed check', String(remade)],
    ['failed to be made', String(failedJobs)],
    ['images per minute', imagesPerMinute === null ? 'not measured' : imagesPerMinute.toFixed(1)],
    ['time', formatDuration(seconds)],
    ['exported', `${delivery.files} files, ${formatBytes(delivery.bytes)}`],
    ['export folder', out],
    ['library', `${libraryFolder} (all images are there, unreviewed)`],
  ]);
  terminal.result({ ...summary, seconds, out });
}
