import { useMutation } from '@tanstack/react-query';
import { GitCompare, Save, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { BrandSummary, BrandVersion } from '../../../electron/contract/brand.ts';
import type { BrandVersionId } from '../../../electron/contract/identifiers.ts';
import { FailureNote } from '../../app/failure-note.tsx';
import { Screen } from '../../app/screen.tsx';
import { useActions } from '../../app/use-actions.ts';
import { message } from '../../lib/messages/message.ts';
import { brandQueries } from '../../rpc/queries.ts';
import { renew } from '../../rpc/query-client.ts';
import { studio } from '../../rpc/studio.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ContrastSheet } from './contrast-sheet.tsx';
import { useKitDraft, useStoredDraft } from './kit-draft.ts';
import type { ImportTarget } from './import-kit-dialog.tsx';
import { LimitsSheet } from './limits-sheet.tsx';
import { LogoSheet } from './logo-sheet.tsx';
import { PaletteSheet } from './palette-sheet.tsx';
import { PolicySheet } from './policy-sheet.tsx';
import { SamplePanel } from './sample-panel.tsx';
import { StyleSheet } from './style-sheet.tsx';
import { TemplateSheet } from './template-sheet.tsx';
import { TypeSheet } from './type-sheet.tsx';
import { VersionDifference } from './version-difference.tsx';
import { VersionLine } from './version-line.tsx';
import { VoiceSheet } from './voice-sheet.tsx';

export interface BrandSheetProps {
  brand: BrandSummary;
  versions: readonly BrandVersion[];
  picker: ReactNode;
  importButton: ReactNode;
  /** The import pane over the sheet; what is confirmed in it may go into this brand's draft. */
  renderImport: (target: ImportTarget) => ReactNode;
}

/** The kit as a living sheet: every part can be edited where it stands, and saving freezes a new version. */
export function BrandSheet({ brand, versions, picker, importButton, renderImport }: BrandSheetProps) {
  const [shownId, setShownId] = useState<BrandVersionId | null>(null);
  const ordered = versions.toSorted((a, b) => a.number - b.number);
  const newest = ordered.at(-1) ?? brand.latest;
  const stored = useStoredDraft(brand.id);
  const [comparing, setComparing] = useState(false);
  const version = ordered.find((candidate) => candidate.id === (shownId ?? stored?.basedOn)) ?? newest;
  const draft = useKitDraft(version);
  const next = newest.number + 1;
  const isOld = version.id !== newest.id;
  const whyMayNot = useWhyNot('brand.saveVersion');
  const whyNot =
    whyMayNot ??
    (draft.problems.size > 0
      ? message('brand.problem', { count: draft.problems.size })
      : draft.isEdited || isOld
        ? null
        : message('brand.nothingToSave', { number: newest.number }));
  const canSave = whyNot === null;
  const saving = useMutation({
    mutationFn: () => studio.brand.saveVersion({ brandId: brand.id, kit: draft.kit, files: [] }),
    onSuccess: async (saved) => {
      draft.discard();
      await renew({ queryKey: brandQueries.versions(brand.id).queryKey });
      setShownId(saved.id);
    },
  });
  const save = () => saving.mutate();
  useActions([
    {
      id: 'brand.save',
      title: message('brand.save', { number: next }),
      keys: ['mod+s'],
      scope: 'brand',
      run: save,
      enabled: canSave && !saving.isPending,
    },
    {
      id: 'brand.compare',
      title: message('brand.difference.open'),
      keys: ['d'],
      scope: 'brand',
      run: () => setComparing(true),
    },
    {
      id: 'brand.discard',
      title: message('brand.discard'),
      keys: ['mod+backspace'],
      scope: 'brand',
      run: draft.discard,
      enabled: draft.isEdited,
    },
  ]);

  return (
    <Screen
      title={message('brand.title')}
      context={
        <>
          {picker}
          <span className="truncate text-12 text-ink-faint max-columns:hidden">
            {message('brand.usedBy', { count: brand.assetCount })}
          </span>
        </>
      }
      actions={
        <>
          {draft.isEdited ? (
            <IconButton icon={Undo2} label={message('brand.discard')} keys="mod+backspace" onClick={draft.discard} />
          ) : null}
          <IconButton
            icon={GitCompare}
            label={message('brand.difference.open')}
            keys="d"
            onClick={() => setComparing(true)}
          />
          {importButton}
          <Button icon={Save} variant="primary" keys="mod+s" blocked={whyNot} busy={saving.isPending} onClick={save}>
            {message('brand.save', { number: next })}
          </Button>
        </>
      }
      inspector={<SamplePanel brandId={brand.id} kit={draft.kit} valid={draft.problems.size === 0} />}
      inspectorSize="wide"
    >
      {renderImport({ name: brand.name, kit: draft.kit, adopt: draft.adopt })}
      <VersionDifference
        open={comparing}
        onOpenChange={setComparing}
        versions={ordered}
        draft={draft.isEdited ? { kit: draft.kit, files: draft.files } : null}
      />
      <VersionLine versions={ordered} shown={version} isEdited={draft.isEdited} onShow={({ id }) => setShownId(id)} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {isOld ? (
          <p className="border-b bg-redo-wash px-6 py-2 text-12 text-ink">
            {message('brand.versionOld', { number: version.number, next })}
          </p>
        ) : null}
        {draft.problems.size > 0 ? (
          <p role="status" className="border-b bg-rejected-wash px-6 py-2 text-12">
            {message('brand.problem', { count: draft.problems.size })}
          </p>
        ) : null}
        {draft.keepError ? <FailureNote error={draft.keepError} className="m-6" /> : null}
        {saving.error ? <FailureNote error={saving.error} onRetry={save} className="m-6" /> : null}
        <PaletteSheet {...draft} />
        <ContrastSheet {...draft} />
        <TypeSheet draft={draft} />
        <LogoSheet {...draft} />
        <VoiceSheet {...draft} />
        <TemplateSheet brandId={brand.id} draft={draft} />
        <StyleSheet {...draft} />
        <PolicySheet {...draft} />
        <LimitsSheet {...draft} />
      </div>
    </Screen>
  );
}
