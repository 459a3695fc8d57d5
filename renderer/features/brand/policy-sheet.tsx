import { Plus, X } from 'lucide-react';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { WordList } from './word-list.tsx';

/** As in the contract. */
const MAX_LINES = 100;

/** Lines that a market asks for, and claims that nobody may make. */
export function PolicySheet({ kit, problems, change }: KitDraft) {
  const { policy } = kit;
  const lines = policy.requiredLines;
  const setLines = (requiredLines: typeof lines) => change({ policy: { ...policy, requiredLines } });
  return (
    <SheetSection
      title={message('brand.policy')}
      aside={
        <Button
          variant="quiet"
          icon={Plus}
          className="-ml-2.5"
          blocked={lines.length >= MAX_LINES ? message('brand.full', { count: MAX_LINES }) : null}
          onClick={() => setLines([...lines, { market: 'any', line: message('brand.policy.newLine') }])}
        >
          {message('brand.policy.add')}
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-4 @max-[28.75rem]:grid-cols-1">
        <div className="flex flex-col gap-2">
          <span className="text-12 text-ink-soft">{message('brand.policy.lines')}</span>
          {lines.length === 0 ? <p className="text-12 text-ink-faint">{message('brand.policy.noLines')}</p> : null}
          {lines.map((entry, index) => (
            <div key={index} className="grid grid-cols-[4.5rem_minmax(0,1fr)_1.75rem] items-start gap-2">
              <TextField
                label={message('brand.policy.market')}
                labelHidden
                value={entry.market}
                maxLength={20}
                error={problems.get(`policy.requiredLines.${index}.market`)}
                onChange={(event) =>
                  setLines(lines.map((line, at) => (at === index ? { ...line, market: event.target.value } : line)))
                }
              />
              <TextField
                label={message('brand.policy.line')}
                labelHidden
                value={entry.line}
                maxLength={200}
                error={problems.get(`policy.requiredLines.${index}.line`)}
                onChange={(event) =>
                  setLines(lines.map((line, at) => (at === index ? { ...line, line: event.target.value } : line)))
                }
              />
              <IconButton
                icon={X}
                label={message('brand.words.remove', { word: entry.line })}
                onClick={() => setLines(lines.filter((_, at) => at !== index))}
              />
            </div>
          ))}
          <p className="text-12 text-ink-faint">{message('brand.policy.marketHint')}</p>
        </div>
        <WordList
          label={message('brand.policy.claims')}
          words={policy.forbiddenClaims}
          onChange={(forbiddenClaims) => change({ policy: { ...policy, forbiddenClaims } })}
        />
      </div>
    </SheetSection>
  );
}
