import { noFeatureReach } from './no-feature-reach.mjs';
import { noFocusedTests } from './no-focused-tests.mjs';
import { packagesByFolder } from './packages-by-folder.mjs';

// The plugin interface wants a default export.
export default {
  meta: { name: 'housestyle' },
  rules: {
    'no-feature-reach': noFeatureReach,
    'no-focused-tests': noFocusedTests,
    'packages-by-folder': packagesByFolder,
  },
};
