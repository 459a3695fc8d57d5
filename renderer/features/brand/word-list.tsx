import { X } from 'lucide-react';
import { useId, useState } from 'react';
import { message } from '../../lib/messages/message.ts';
import { controlFrame } from '../../ui/field.tsx';

/** As in the contract. */
const MAX_WORDS = 200;
const MAX_CHARACTERS = 200;

/** Words or short phrases, each with its own cross; Enter or a comma adds one, Backspace in the empty field takes the last. */
export function WordList({
  label,
  words,
  onChange,
}: {
  label: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const id = useId();
  const [text, setText] = useState('');
  function add() {
    const word = text.trim();
    if (word !== '' && !words.includes(word) && words.length < MAX_WORDS) onChange([...words, word]);
    setText('');
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-12 text-ink-soft">
        {label}
      </label>
      <div className={`${controlFrame} flex min-h-7 flex-wrap items-center gap-1 py-1 focus-within:border-accent-text`}>
        {words.map((word) => (
          <span
            key={word}
            className="inline-flex min-h-5 max-w-full items-center gap-0.5 rounded-small bg-hover pl-1.5 text-12"
          >
            <span className="truncate">{word}</span>
            <button
              type="button"
              aria-label={message('brand.words.remove', { word })}
              onClick={() => onChange(words.filter((other) => other !== word))}
              className="inline-flex size-5 shrink-0 items-center justify-center rounded-small text-ink-faint hover:text-ink"
            >
              <X size={12} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          maxLength={MAX_CHARACTERS}
          placeholder={message('brand.words.placeholder')}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === ',') {
              event.preventDefault();
              add();
            } else if (event.key === 'Backspace' && text === '') onChange(words.slice(0, -1));
          }}
          className="h-5 min-w-24 flex-1 bg-transparent text-12 outline-none focus-visible:outline-none"
        />
      </div>
    </div>
  );
}
