import { useEffect } from 'react';

/** What was given its title here, and loses it again: the text may be another one by the next visit. */
const MARK = 'data-shortened';

/** The whole text of whatever has no room for it comes as a tooltip, wherever that happens. */
export function useShortenedTitles(): void {
  useEffect(() => {
    function give({ target }: Event) {
      const shortened = target instanceof Element ? findShortened(target) : null;
      if (shortened === null || shortened.closest('[title]')) return;
      shortened.setAttribute(MARK, '');
      shortened.setAttribute('title', readText(shortened));
    }
    function take({ target }: Event) {
      const shortened = target instanceof Element ? target.closest(`[${MARK}]`) : null;
      shortened?.removeAttribute('title');
      shortened?.removeAttribute(MARK);
    }
    document.addEventListener('pointerover', give);
    document.addEventListener('pointerout', take);
    return () => {
      document.removeEventListener('pointerover', give);
      document.removeEventListener('pointerout', take);
    };
  }, []);
}

function readText(element: Element): string {
  return element instanceof HTMLSelectElement
    ? (element.selectedOptions[0]?.text ?? '')
    : (element.textContent ?? '').trim();
}

/** The element itself or the line that holds it, where an ellipsis or a clamp hides a part. A list that has room for its name gets the title all the same; it repeats what is seen. */
function findShortened(target: Element): Element | null {
  for (let element: Element | null = target; element; element = element.parentElement) {
    if (element instanceof HTMLSelectElement) return element;
    const { display, textOverflow, webkitLineClamp } = getComputedStyle(element);
    const isShortening = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
    if (isShortening) {
      const isCut = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1;
      return isCut ? element : null;
    }
    if (!display.startsWith('inline')) return null;
  }
  return null;
}
