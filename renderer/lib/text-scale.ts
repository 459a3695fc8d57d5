/** How large text is against the usual 16 px: 2 for who asks the browser for twice that. For the few sizes that are reckoned in pixels. */
export function measureTextScale(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}
