/** What a person is told whose database is damaged. */
export const RESTORE_REMEDY =
  'Put back the newest sound copy of the backups folder with "housestyle fsck --restore"; the damaged file is kept beside it.';
