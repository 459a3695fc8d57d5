import { isStudioError } from '../../electron/contract/errors.ts';
import { systemClock } from '../../electron/library/database/clock.ts';
import { openLibrary } from '../../electron/library/open-library.ts';
import { createCountingIds } from './library-fixtures.ts';

// Opens the library given for writing, says what it holds and what a change answers.

const library = openLibrary({
  folder: process.argv[2] ?? '',
  clock: systemClock,
  newId: createCountingIds(1_000_000),
  mode: 'write',
});
let refused = 'nothing';
try {
  library.settings.set('a', 1);
} catch (error) {
  refused = isStudioError(error) ? error.code : String(error);
}
const briefs = library.briefs.list().map(({ id }) => id);
const { ok } = await library.fsck({ read: 'all' });
console.log(JSON.stringify({ briefs, readOnly: library.readOnly, refused, ok }));
library.close();
