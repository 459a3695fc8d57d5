import { message } from '../../lib/messages/message.ts';
import { TextArea } from '../../ui/field.tsx';
import type { KitDraft } from './kit-draft.ts';
import { SheetSection } from './sheet-section.tsx';
import { WordList } from './word-list.tsx';

export function VoiceSheet({ kit, problems, change }: KitDraft) {
  const { voice } = kit;
  return (
    <SheetSection title={message('brand.voice')}>
      <div className="grid grid-cols-2 gap-4 @max-[28.75rem]:grid-cols-1">
        <TextArea
          label={message('brand.voice.tone')}
          rows={4}
          value={voice.tone}
          maxLength={300}
          error={problems.get('voice.tone')}
          onChange={(event) => change({ voice: { ...voice, tone: event.target.value } })}
        />
        <div className="flex flex-col gap-3">
          <WordList
            label={message('brand.voice.say')}
            words={voice.say}
            onChange={(say) => change({ voice: { ...voice, say } })}
          />
          <WordList
            label={message('brand.voice.neverSay')}
            words={voice.neverSay}
            onChange={(neverSay) => change({ voice: { ...voice, neverSay } })}
          />
          <WordList
            label={message('brand.voice.languages')}
            words={voice.languages}
            onChange={(languages) => change({ voice: { ...voice, languages } })}
          />
        </div>
      </div>
    </SheetSection>
  );
}
