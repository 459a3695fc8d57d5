export { launchBrowser } from '../../scripts/proof/launch-browser.ts';
