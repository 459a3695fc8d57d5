import { useQuery } from '@tanstack/react-query';
import { Grid3x3, PanelLeft, Sparkles, Square } from 'lucide-react';
import { useState } from 'react';
import type { Brief } from '../../../electron/contract/brief.ts';
import type { BrandVersionId, DeliverableId } from '../../../electron/contract/identifiers.ts';
import type { DeliverableKind } from '../../../electron/contract/ideation.ts';
import { Screen } from '../../app/screen.tsx';
import { navigate, useRoute } from '../../app/use-route.ts';
import { message } from '../../lib/messages/message.ts';
import { useRoom } from '../../lib/use-room.ts';
import { brandQueries, briefQueries, ideationQueries } from '../../rpc/queries.ts';
import { useWhyNot } from '../../rpc/rights.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { Board } from './board.tsx';
import { BriefPanel } from './brief-panel.tsx';
import { DeliverableInspector } from './deliverable-inspector.tsx';
import { IdeateSettings } from './ideate-settings.tsx';
import { dismissFailures, startIdeation, stopIdeation, useIdeationRun } from './ideation-run.ts';
import { takeSeed, useIdeationSettings } from './ideation-settings.ts';
import { useBoardActions } from './use-board-actions.ts';
import { useBoardChanges } from './use-board-changes.ts';
import { useBriefDraft } from './use-brief-draft.ts';

function useBrandVersionId(): BrandVersionId | null {
  const chosen = useIdeationSettings((state) => state.brand);
  const { data: brands } = useQuery(brandQueries.list());
  if (chosen === 'none') return null;
  return (brands?.find((brand) => brand.latest.id === chosen) ?? brands?.[0])?.latest.id ?? null;
}

/** Ideate for one brief. */
export function BriefBoard({ brief }: { brief: Brief }) {
  const { parameters } = useRoute();
  const [activeId, setActiveId] = useState<DeliverableId | null>(null);
  const [editingId, setEditingId] = useState<DeliverableId | null>(null);
  const room = useRoom();
  const [briefWanted, setBriefShown] = useState<boolean | null>(null);
  const briefShown = briefWanted ?? room !== 'column';
  const boardShown = room !== 'column' || !briefShown;
  const { data: board } = useQuery(ideationQueries.board(brief.id));
  const { data: briefs } = useQuery(briefQueries.list());
  const settings = useIdeationSettings();
  const brandVersionId = useBrandVersionId();
  const run = useIdeationRun(brief.id);
  const draft = useBriefDraft(brief);
  const changes = useBoardChanges(brief.id);

  const chosen = (board ?? []).filter((entry) => entry.chosen && entry.content.kind === 'concept');
  const imageCount = chosen.length * brief.fields.formats.length * brief.fields.locales.length;
  const active = board?.find((entry) => entry.id === activeId) ?? null;
  const wanted = board?.find((entry) => entry.id === parameters['card'])?.id;
  // An address that names a card selects it once; after that the user moves on.
  const [shownWanted, setShownWanted] = useState<DeliverableId>();
  if (wanted !== shownWanted) {
    setShownWanted(wanted);
    if (wanted) setActiveId(wanted);
  }

  // One persona and its gaps carry all concepts of a brief: once they stand, writing more means more concepts.
  const stands = (kind: DeliverableKind) => (board ?? []).some((entry) => entry.content.kind === kind);
  const missing = {
    personas: stands('persona') ? 0 : settings.personas,
    gaps: stands('gap') ? 0 : settings.gaps,
    concepts: settings.concepts,
  };

  async function ideate(counts: { personas: number; gaps: number; concepts: number } = missing) {
    if (run.running || !(await draft.save())) return;
    const { personas, gaps, concepts } = counts;
    await startIdeation({ briefId: brief.id, brandVersionId, personas, gaps, concepts, seed: takeSeed() });
  }
  function replace(id: DeliverableId) {
    changes.bin.mutate([id]);
    void ideate({ personas: 0, gaps: 0, concepts: 1 });
  }
  const produce = () => navigate({ screen: 'produce', parts: [brief.id] });
  useBoardActions({
    board: board ?? [],
    active,
    changes,
    canIdeate: !run.running && draft.problem === null,
    running: run.running,
    canProduce: chosen.length > 0,
    canSave: draft.isEdited && draft.problem === null,
    onActivate: setActiveId,
    onEdit: setEditingId,
    onReplace: replace,
    onIdeate: () => void ideate(),
    onStop: () => void stopIdeation(brief.id),
    onProduce: produce,
    onSave: () => void draft.save(),
    onToggleBrief: () => setBriefShown(!briefShown),
  });

  const whyMayNot = useWhyNot('ideation.run');
  const ideateButton = run.running ? (
    <Button icon={Square} keys="mod+." blocked={whyMayNot} onClick={() => void stopIdeation(brief.id)}>
      {message('ideate.stop')}
    </Button>
  ) : (
    <Button
      icon={Sparkles}
      variant={chosen.length > 0 ? 'plain' : 'primary'}
      keys="mod+enter"
      blocked={whyMayNot ?? (draft.problem === null ? null : message('error.expected', draft.problem))}
      onClick={() => void ideate()}
    >
      {message(board && board.length > 0 ? 'ideate.runAgain' : 'ideate.run')}
    </Button>
  );
  return (
    <Screen
      title={message('ideate.title')}
      context={
        <>
          <Select
            label={message('ideate.chooseBrief')}
            labelHidden
            className="w-50 max-columns:w-36"
            value={brief.id}
            options={(briefs ?? [{ id: brief.id, name: brief.fields.name }]).map(({ id, name }) => ({
              value: id as string,
              label: name,
            }))}
            onChange={(id) => navigate({ screen: 'ideate', parts: [id] })}
          />
          <IconButton
            icon={PanelLeft}
            label={message('ideate.brief.hide')}
            keys="b"
            pressed={briefShown}
            onClick={() => setBriefShown(!briefShown)}
          />
        </>
      }
      filters={<IdeateSettings briefId={brief.id} />}
      actions={
        <>
          {ideateButton}
          {chosen.length > 0 ? (
            <Button icon={Grid3x3} variant="primary" keys="shift+enter" onClick={produce}>
              {message('ideate.produce', { count: imageCount })}
            </Button>
          ) : null}
        </>
      }
      inspector={<DeliverableInspector deliverable={active} board={board ?? []} onActivate={setActiveId} />}
    >
      <div className="flex min-h-0 flex-1">
        {briefShown ? <BriefPanel brief={brief} draft={draft} /> : null}
        {boardShown ? (
          <Board
            board={board}
            run={run}
            changes={changes}
            activeId={activeId}
            editingId={editingId}
            onActivate={setActiveId}
            onEdit={setEditingId}
            onReplace={replace}
            onRetry={() => void ideate()}
            onDismissFailures={() => dismissFailures(brief.id, run)}
            start={ideateButton}
          />
        ) : null}
      </div>
    </Screen>
  );
}
