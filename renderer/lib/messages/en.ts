import { activityMessages } from './en/activity.ts';
import { brandMessages } from './en/brand.ts';
import { checkMessages } from './en/checks.ts';
import { complianceMessages } from './en/compliance.ts';
import { errorMessages } from './en/errors.ts';
import { frameMessages } from './en/frame.ts';
import { ideateMessages } from './en/ideate.ts';
import { importMessages } from './en/import.ts';
import { libraryMessages } from './en/library.ts';
import { modelsMessages } from './en/models.ts';
import { produceMessages } from './en/produce.ts';
import { remakeMessages } from './en/remake.ts';
import { reviewMessages } from './en/review.ts';
import { settingsMessages } from './en/settings.ts';
import { templateMessages } from './en/templates.ts';

/** Every word that the interface says in English. One file per screen; a key reads `screen.what`. */
export const englishMessages = {
  ...frameMessages,
  ...activityMessages,
  ...checkMessages,
  ...complianceMessages,
  ...errorMessages,
  ...importMessages,
  ...libraryMessages,
  ...ideateMessages,
  ...brandMessages,
  ...produceMessages,
  ...remakeMessages,
  ...reviewMessages,
  ...modelsMessages,
  ...settingsMessages,
  ...templateMessages,
} as const;

export type Messages = typeof englishMessages;
export type MessageKey = keyof Messages;
