const meaningNo: readonly (string | undefined)[] = [undefined, '', '0', 'false'];

/** Whether tests that lack something of the machine (a browser, strace) fail instead of being skipped: continuous integration demands it. */
export function demandsAll(env: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return ['HOUSESTYLE_TEST_ALL', 'CI'].some((name) => !meaningNo.includes(env[name]));
}
