// oxlint-disable unicorn/consistent-function-scoping -- one function travels into the page, with all that it calls
import type { Page } from 'playwright-core';

/** What is wrong with what a page shows now, each as "kind: where: what". Empty when all is well. */
export function findLayoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(measureLayout);
}

/** Runs in the page. Text is measured by its own rectangles, not by those of the boxes that hold it. */
function measureLayout(): string[] {
  /** Fractions of a pixel are rounding, and the lowest strokes of a letter may touch the next line's box. */
  const SLACK_PX = 1.5;
  const faults = new Set<string>();
  const modal = [...document.querySelectorAll('[data-modal]')].at(-1) ?? null;
  const windowBox = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
  interface Box {
    left: number;
    top: number;
    right: number;
    bottom: number;
  }

  function name(element: Element): string {
    const own = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ').slice(0, 48);
    return `${element.tagName.toLowerCase()} "${own}"`;
  }
  function isHidden(element: Element): boolean {
    if (element.closest('.sr-only, [hidden], svg, title, option')) return true;
    return !element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }
  /** The page gives the whole text of what is shortened to whoever points at it. */
  function isTitled(element: Element): boolean {
    element.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    const title = element.closest('[title]')?.getAttribute('title') ?? '';
    element.dispatchEvent(new PointerEvent('pointerout', { bubbles: true }));
    return title !== '';
  }

  /** The part of a box that is on the screen or can be scrolled to; `cutBy` is what cuts the rest off for good. */
  function cut(element: Element, { left, top, right, bottom }: Box): { cutBy: Element | null; seen: Box } {
    // A copy by name: the fields of a DOMRect are not its own, and a spread leaves them out.
    let box: Box = { left, top, right, bottom };
    const seen = { ...box };
    let cutBy: Element | null = null;
    let isFixed = false;
    for (let holder: Element | null = element; holder; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      if (holder !== element || !style.display.startsWith('inline') || style.display !== 'inline') {
        const frame = holder.getBoundingClientRect();
        for (const [axis, low, high] of [
          ['overflowX', 'left', 'right'],
          ['overflowY', 'top', 'bottom'],
        ] as const) {
          const rule = style[axis];
          if (rule === 'visible' || isFixed) continue;
          const isOut = box[low] < frame[low] - SLACK_PX || box[high] > frame[high] + SLACK_PX;
          const scrolls =
            (rule === 'auto' || rule === 'scroll') &&
            (axis === 'overflowY' || holder.closest('[data-scrolls-sideways]') !== null);
          if (isOut && !scrolls && holder !== document.body && holder !== document.documentElement) cutBy ??= holder;
          if (isOut && scrolls) {
            // What is scrolled away may be anywhere: what lies further out cannot cut it.
            seen[low] = Math.max(seen[low], frame[low]);
            seen[high] = Math.min(seen[high], frame[high]);
            box = { ...box, [low]: Math.max(box[low], frame[low]), [high]: Math.min(box[high], frame[high]) };
          }
          seen[low] = Math.max(seen[low], frame[low]);
          seen[high] = Math.min(seen[high], frame[high]);
        }
      }
      if (style.position === 'fixed') isFixed = true;
    }
    const isOut =
      box.right > box.left &&
      box.bottom > box.top &&
      (box.left < windowBox.left - SLACK_PX ||
        box.top < windowBox.top - SLACK_PX ||
        box.right > windowBox.right + SLACK_PX ||
        box.bottom > windowBox.bottom + SLACK_PX);
    if (isOut) cutBy ??= document.documentElement;
    return { cutBy, seen };
  }

  const pieces: { element: Element; text: string; box: Box }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || isHidden(element) || element.closest('textarea, script, style, [data-own-text]'))
      continue;
    if (modal && !modal.contains(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    // An ellipsis or a clamp cuts the text itself: that is fair where the whole can be had.
    const shortener = findShortener(element);
    if (shortener) {
      if (isShortened(shortener) && !isTitled(shortener)) faults.add(`shortened without a title: ${name(shortener)}`);
    }
    for (const box of boxes) {
      const { cutBy, seen } = cut(element, box);
      if (cutBy && !(shortener && shortener.contains(cutBy)) && cutBy !== shortener)
        faults.add(
          `cut off: ${name(element)} by ${cutBy === document.documentElement ? 'the window' : cutBy.tagName.toLowerCase() + '.' + cutBy.className.slice(0, 60)}`,
        );
      if (seen.right - seen.left > 1 && seen.bottom - seen.top > 1) pieces.push({ element, text, box: seen });
    }
  }

  function findShortener(element: Element): Element | null {
    for (let holder: Element | null = element; holder && holder !== document.body; holder = holder.parentElement) {
      const style = getComputedStyle(holder);
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') return holder;
      if (!style.display.startsWith('inline')) return null;
    }
    return null;
  }
  function isShortened(element: Element): boolean {
    return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2;
  }

  // Two texts on one place. What lies on a surface of its own above the other covers it and does not overprint it.
  for (const [index, a] of pieces.entries())
    for (const b of pieces.slice(index + 1)) {
      const left = Math.max(a.box.left, b.box.left);
      const right = Math.min(a.box.right, b.box.right);
      const top = Math.max(a.box.top, b.box.top);
      const bottom = Math.min(a.box.bottom, b.box.bottom);
      if (right - left < 2 || bottom - top < 3 || a.element.contains(b.element) || b.element.contains(a.element))
        continue;
      const stack = document.elementsFromPoint((left + right) / 2, (top + bottom) / 2);
      const [upper, lower] = [stack.indexOf(a.element), stack.indexOf(b.element)].toSorted((x, y) => x - y);
      if (upper === undefined || lower === undefined || upper < 0) continue;
      const between = stack.slice(upper, lower).some((element) => isOpaque(element));
      if (!between) faults.add(`overprinted: ${name(a.element)} and ${name(b.element)}`);
    }
  function isOpaque(element: Element): boolean {
    const { backgroundColor } = getComputedStyle(element);
    return backgroundColor !== 'rgba(0, 0, 0, 0)' && !/\/ 0?\.\d+\)$/.test(backgroundColor);
  }

  // Every control can be seen whole and pressed, at worst after scrolling to it.
  for (const control of document.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, [role=slider], [role=switch]',
  )) {
    if (isHidden(control) || (modal && !modal.contains(control)) || control.getBoundingClientRect().width < 2) continue;
    if (control.closest('[data-review-grid]')) continue;
    const { cutBy } = cut(control, control.getBoundingClientRect());
    if (cutBy) faults.add(`control cut off: ${name(control)}`);
    if (control instanceof HTMLSelectElement) {
      const text = control.selectedOptions[0]?.text ?? '';
      const canvas = document.createElement('canvas').getContext('2d');
      const style = getComputedStyle(control);
      if (canvas) {
        canvas.font = style.font;
        const room = control.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (canvas.measureText(text).width > room + 1 && !isTitled(control))
          faults.add(`shortened without a title: select "${text}"`);
      }
    }
    if (control.matches(':disabled, [aria-disabled=true]') && !isTitled(control)) {
      const notes = (control.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '');
      if (notes.join('').trim() === '' && control.getAttribute('aria-busy') !== 'true')
        faults.add(`disabled without a reason: ${name(control)}`);
    }
  }
  for (const control of document.querySelectorAll<HTMLElement>('button, a[href]')) {
    if (isHidden(control) || (modal && !modal.contains(control)) || control.closest('[data-review-grid]')) continue;
    if (control.getBoundingClientRect().width < 2) continue;
    control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
    const box = control.getBoundingClientRect();
    const at = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const isDisabled = control.matches(':disabled, [aria-disabled=true]');
    const isUnderFloat =
      at?.closest('[data-radix-popper-content-wrapper], aside.absolute') != null &&
      !at.closest('[data-radix-popper-content-wrapper], aside.absolute')?.contains(control);
    if (!isDisabled && !isUnderFloat && !(at && (control.contains(at) || at.contains(control))))
      faults.add(`covered: ${name(control)} by ${at ? name(at) : 'nothing'}`);
  }

  // One that scrolls sideways says so; anything else that holds more than its width has spilt.
  for (const element of document.querySelectorAll('body, body *')) {
    const { overflowX } = getComputedStyle(element);
    // What hides the rest without scrolling has been looked at piece by piece above.
    if (!/auto|scroll/.test(overflowX) || isHidden(element) || element.closest('[data-scrolls-sideways]')) continue;
    if (modal && !modal.contains(element)) continue;
    if (element.matches('input, select, textarea') || findShortener(element)) continue;
    if (element.scrollWidth > element.clientWidth + 1)
      faults.add(
        `wider than its place by ${element.scrollWidth - element.clientWidth} px: ${element.tagName.toLowerCase()}.${element.className.slice(0, 60)}`,
      );
  }
  return [...faults];
}
