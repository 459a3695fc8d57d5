export const screens = [
  'library',
  'ideate',
  'brand',
  'produce',
  'review',
  'compliance',
  'models',
  'activity',
  'settings',
] as const;
export type ScreenName = (typeof screens)[number];

/** `#/screen/part/part?name=value` */
export interface Route {
  screen: ScreenName;
  parts: readonly string[];
  parameters: Readonly<Record<string, string>>;
}

export const homeRoute: Route = { screen: 'library', parts: [], parameters: {} };

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A hand-typed address with a stray percent sign names nothing; the text itself is the best reading.
    return text;
  }
}

/** Reads an address; one that names no screen leads home. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, ...parts] = path.split('/').filter(Boolean).map(decode);
  const screen = screens.find((name) => name === first);
  return screen ? { screen, parts, parameters: Object.fromEntries(new URLSearchParams(query)) } : homeRoute;
}

export function formatRoute({
  screen,
  parts = [],
  parameters = {},
}: {
  screen: ScreenName;
  parts?: readonly string[];
  parameters?: Readonly<Record<string, string>>;
}): string {
  const query = new URLSearchParams(parameters).toString();
  return `#/${[screen, ...parts.map(encodeURIComponent)].join('/')}${query ? `?${query}` : ''}`;
}
