import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { DeliverableContent } from '../../../electron/contract/ideation.ts';
import { message } from '../../lib/messages/message.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { applyCardValues, cardFields, readCardValues } from './card-fields.ts';

/** Texts longer than this get more than one line to stand in. */
const ONE_LINE_CHARACTERS = 60;

/** From this share of the longest length on, the count is shown. */
const NEARLY_FULL = 0.8;

export interface CardEditorProps {
  content: DeliverableContent;
  busy: boolean;
  onSave: (content: DeliverableContent) => void;
  onCancel: () => void;
}

/** Edits a card where it stands. Enter saves, Escape leaves it as it was. */
export function CardEditor({ content, busy, onSave, onCancel }: CardEditorProps) {
  const [values, setValues] = useState(() => readCardValues(content));
  const [tried, setTried] = useState(false);

  function save() {
    const edited = applyCardValues(content, values);
    setTried(true);
    if (edited) onSave(edited);
  }
  function press(event: KeyboardEvent) {
    if (event.key === 'Escape') onCancel();
    else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      event.target instanceof HTMLElement &&
      event.target.tagName !== 'BUTTON'
    ) {
      event.preventDefault();
      save();
    } else return;
    // The screen's own Escape would leave the screen.
    event.stopPropagation();
  }

  return (
    <form
      ref={bringIntoView}
      className="flex flex-col gap-2"
      onKeyDown={press}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {cardFields[content.kind].map(([name, maxLength], index) => {
        const value = values[name] ?? '';
        const shared = {
          label: message(`ideate.field.${name}`),
          value,
          maxLength,
          autoFocus: index === 0,
          hint: value.length > maxLength * NEARLY_FULL ? `${value.length}/${maxLength}` : null,
          error: tried && value.trim() === '' ? message('ideate.field.required') : null,
        };
        const change = (text: string) => setValues({ ...values, [name]: text });
        return maxLength > ONE_LINE_CHARACTERS ? (
          <TextArea key={name} {...shared} rows={3} onChange={(event) => change(event.target.value)} />
        ) : (
          <TextField key={name} {...shared} onChange={(event) => change(event.target.value)} />
        );
      })}
      <div className="flex justify-end gap-2 pt-1">
        <Button variant="quiet" onClick={onCancel}>
          {message('common.cancel')}
        </Button>
        <Button type="submit" variant="primary" busy={busy} keys="enter">
          {message('ideate.save')}
        </Button>
      </div>
    </form>
  );
}

function bringIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}
