/** Whether tests that lack something of the machine (a browser, strace) fail instead of being skipped: continuous integration demands it. */
export function demandsAll(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const isSet = (value: string | undefined) => value !== undefined && !['', '0', 'false'].includes(value);
  return isSet(env['HOUSESTYLE_TEST_ALL']) || isSet(env['CI']);
}
