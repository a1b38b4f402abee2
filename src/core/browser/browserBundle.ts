/** The entry of the bundle that starts and drives a browser, which the extension loads with the first one. */
export { BrowserError } from './browserError.ts';
export { browserPlaces } from './findBrowser.ts';
export { launchBrowser } from './launchBrowser.ts';
