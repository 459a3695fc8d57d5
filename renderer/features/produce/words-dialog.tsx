import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { z } from 'zod';
import { MAX_COPY_FILE_CHARACTERS } from '../../../electron/contract/copy.ts';
import type { CopyImport, CopyTable } from '../../../electron/contract/copy.ts';
import type { ChannelFormat } from '../../../electron/contract/format.ts';
import type { PlanId } from '../../../electron/contract/identifiers.ts';
import type { Plan } from '../../../electron/contract/plan.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { showToast } from '../../app/toasts.tsx';
import { message } from '../../lib/messages/message.ts';
import { renew } from '../../rpc/query-client.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { studio } from '../../rpc/studio.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { dropDrafts, findGap, placeKey, useWordsDrafts, wordFields } from './words-drafts.ts';
import type { WordsDraft } from './words-drafts.ts';
import { WordsRow } from './words-row.tsx';

const EVERY_FORMAT = 'every';

/** The words of a plan in its languages, by hand or by a table that a translator fills in. What is typed stays when the pane closes, until it is saved. */
export function WordsDialog({
  plan,
  formats,
  onClose,
}: {
  plan: Plan;
  formats: readonly ChannelFormat[];
  onClose: () => void;
}) {
  const { data: table, error } = useQuery({
    queryKey: ['words', 'table', plan.id],
    queryFn: ({ signal }) => studio.copy.table({ planId: plan.id }, { signal }),
  });
  const [locale, setLocale] = useState(plan.locales.at(-1) ?? '');
  const [format, setFormat] = useState<string>(EVERY_FORMAT);
  const whyMayNot = useWhyNot('copy.write');
  const drafts = useDraftsOf(plan);
  const saving = useMutation({ mutationFn: () => save(plan.id, drafts) });
  const tableFile = useTableFile(plan);
  const problem = saving.error ?? error;
  const gap = drafts.find(({ words }) => findGap(words) !== null);
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={message('produce.words')}
      description={message('produce.words.advice')}
      closeLabel={message('common.close')}
      widthPx={960}
      footer={
        <>
          {tableFile.buttons}
          <span className="flex-1" />
          <Button onClick={onClose}>{message('common.close')}</Button>
          <Button
            variant="primary"
            blocked={
              whyMayNot ??
              (drafts.length === 0
                ? message('produce.words.nothing')
                : gap
                  ? message('produce.words.gap', { language: nameLanguage(gap.place.locale) })
                  : null)
            }
            busy={saving.isPending}
            onClick={() => saving.mutate()}
          >
            {message('produce.words.save', { count: drafts.length })}
          </Button>
        </>
      }
    >
      {tableFile.problem}
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={message('produce.words.language')}
          value={locale}
          onChange={setLocale}
          className="w-72"
          options={plan.locales.map((value) => ({ value, label: describeLanguage(value, table) }))}
        />
        <Select
          label={message('produce.words.format')}
          value={format}
          onChange={setFormat}
          className="w-60"
          options={[
            { value: EVERY_FORMAT, label: message('produce.words.everyFormat') },
            ...plan.formatIds.map((id) => ({ value: id, label: formats.find((known) => known.id === id)?.name ?? id })),
          ]}
        />
      </div>
      {problem ? <FailureNote error={problem} className="mt-3" /> : null}
      {table ? (
        <ul className="mt-4 flex flex-col gap-5">
          {table.concepts.map((concept) => (
            <WordsRow
              key={concept.conceptId}
              concept={concept}
              copies={table.copies}
              place={{ conceptId: concept.conceptId, locale, formatId: format === EVERY_FORMAT ? null : format }}
            />
          ))}
        </ul>
      ) : error ? null : (
        <Skeleton className="mt-4 h-40" />
      )}
    </Dialog>
  );
}

function useDraftsOf({ conceptIds, locales }: Plan): WordsDraft[] {
  const all = useWordsDrafts(({ drafts }) => drafts);
  return Object.values(all).filter(
    ({ place }) => conceptIds.includes(place.conceptId) && locales.includes(place.locale),
  );
}

async function save(planId: PlanId, drafts: readonly WordsDraft[]): Promise<void> {
  const copies = drafts.map(({ place, words }) => ({
    ...place,
    words: wordFields.every((field) => words[field].trim() === '') ? null : words,
  }));
  await studio.copy.write({ planId, copies });
  dropDrafts(drafts.map(({ place }) => placeKey(place)));
  await renew({ queryKey: ['words'] });
}

/** Out as a table with what the concepts say, and in again when somebody has filled it in. */
function useTableFile(plan: Plan) {
  const whyMayNot = useWhyNot('copy.importFile');
  const input = useRef<HTMLInputElement>(null);
  const taking = useMutation({
    mutationFn: async (file: File) => {
      const report = await studio.copy.importFile({ planId: plan.id, name: file.name, text: await readFile(file) });
      await renew({ queryKey: ['words'] });
      showToast({ title: describeImport(report) });
    },
  });
  const giving = useMutation({ mutationFn: () => giveTable(plan.id) });
  const buttons = (
    <>
      <Button busy={giving.isPending} onClick={() => giving.mutate()}>
        {message('produce.words.export')}
      </Button>
      <Button busy={taking.isPending} blocked={whyMayNot} onClick={() => input.current?.click()}>
        {message('produce.words.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        aria-label={message('produce.words.import')}
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) taking.mutate(file);
          // The same file may be chosen again once it was mended.
          target.value = '';
        }}
      />
    </>
  );
  const problem = taking.error ? (
    <TableProblem error={taking.error} />
  ) : giving.error ? (
    <FailureNote error={giving.error} className="mb-4" />
  ) : null;
  return { buttons, problem };
}

const SHOWN_ISSUES = 6;

/** What is wrong with a table, place by place. */
function TableProblem({ error }: { error: Error }) {
  const issues = readIssues(error);
  if (issues === null) return <FailureNote error={error} className="mb-4" />;
  return (
    <div role="alert" className="mb-4 rounded-control bg-rejected-wash px-3 py-2 text-12">
      <p className="font-medium text-ink">{message('produce.words.refused')}</p>
      <ul className="mt-1 flex flex-col gap-0.5 text-ink-soft">
        {issues.slice(0, SHOWN_ISSUES).map(({ path, message: text }) => (
          <li key={`${path} ${text}`} className="wrap-anywhere">
            {path} {text}
          </li>
        ))}
        {issues.length > SHOWN_ISSUES ? (
          <li>{message('produce.words.moreIssues', { count: issues.length - SHOWN_ISSUES })}</li>
        ) : null}
      </ul>
    </div>
  );
}

const refusalSchema = z.object({
  code: z.literal('input.invalid'),
  data: z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })).min(1) }),
});

function readIssues(error: Error): readonly { path: string; message: string }[] | null {
  const { code, data } = error as Error & { code?: unknown; data?: unknown };
  const refusal = refusalSchema.safeParse({ code, data });
  return refusal.success ? refusal.data.data.issues : null;
}

async function readFile(file: File): Promise<string> {
  if (file.size > 4 * MAX_COPY_FILE_CHARACTERS) throw new Error(message('produce.words.tooLarge', { name: file.name }));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());
}

async function giveTable(planId: PlanId): Promise<void> {
  const { name, text } = await studio.copy.exportFile({ planId });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function describeImport({ written, unchanged, empty }: CopyImport): string {
  return message('produce.words.imported', { count: written, unchanged, empty });
}

function nameLanguage(locale: string): string {
  return `${new Intl.DisplayNames(['en'], { type: 'language' }).of(locale) ?? locale} (${locale})`;
}

function describeLanguage(locale: string, table: CopyTable | undefined): string {
  if (table === undefined) return nameLanguage(locale);
  const written = table.copies.filter((copy) => copy.locale === locale && copy.formatId === null).length;
  return message('produce.words.languageCount', {
    language: nameLanguage(locale),
    written,
    total: table.concepts.length,
  });
}
